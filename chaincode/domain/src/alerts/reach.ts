import type { Link } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { lotsOf, runsOf, type StepAttempt } from '../nouns/step.js';
import { concernsOf } from './concerns.js';

/** A lot or a run, which several therapies may share. */
export interface SharedThing {
  readonly kind: 'lot' | 'run';
  readonly id: string;
}

/** What a lot or a run reached in one therapy. */
export interface Reach {
  /** ids of batches */
  readonly batches: readonly string[];
  /** ids of doses of which something was given */
  readonly dosesGiven: readonly string[];
  /** the commands that said what was found of it, each of which concerns a dose given whose alert nobody has stated yet */
  readonly unstated: readonly string[];
}

/** Every batch that a lot or a run went into, and every dose given that it is in, however many steps away (D2). */
export function reachIn(whole: WholeTherapy, shared: SharedThing): Reach {
  const uses = (from: readonly Link[]) =>
    upstreamOf(whole, from).attempts.some((attempt) => isUsedIn(attempt, shared));
  const { coi } = whole.therapy;
  const said = saidOf(whole, shared);
  const owed = concernsOf(whole).filter(({ alert }) => !alert);
  return {
    batches: [...whole.batches.keys()].filter((id) => uses([{ kind: 'batch', id }])),
    dosesGiven: [...whole.doses.values()]
      .filter(({ administrations }) =>
        administrations.some(
          ({ item: id, course, annulled }) =>
            course !== 'not-started' && !annulled && uses([{ kind: 'item', coi, id }]),
        ),
      )
      .map(({ id }) => id),
    unstated: said.filter((command) => owed.some(({ cause }) => cause.command === command)),
  };
}

function isUsedIn(attempt: StepAttempt, { kind, id }: SharedThing): boolean {
  return (kind === 'run' ? runsOf(attempt) : lotsOf(attempt)).includes(id);
}

/** The commands by which a lot was recalled, or something was found of a run. */
function saidOf({ recalledLots, failedRuns }: WholeTherapy, { kind, id }: SharedThing): string[] {
  if (kind === 'lot') {
    const recall = recalledLots.get(id)?.recall;
    return recall ? [recall.command] : [];
  }
  const { failures = [] } = failedRuns.get(id) ?? {};
  return failures.flatMap(({ command, counted }) => [
    command,
    ...(counted ? [counted.command] : []),
  ]);
}
