import type { Ancestry } from '../graph/ancestry.js';
import type { Link } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Alert, AlertCause } from '../nouns/alert.js';
import type { Administration, Dose } from '../nouns/dose.js';
import { effectiveOf } from '../nouns/signed.js';
import { lotsOf } from '../nouns/step.js';
import { earlier, earliest, later } from '../values/time.js';
import { failuresAfter, type Learnt } from './failures.js';
import { deviationsAfter } from './late-deviations.js';

/** That a dose was given of which something was learnt. */
export interface Concern {
  readonly dose: Dose;
  readonly cause: AlertCause;
  /** when the dose was given and the cause was known, RFC 3339 */
  readonly since: string;
  /** absent where nobody stated it yet */
  readonly alert: Alert | undefined;
}

/**
 * Every dose given whose batch or lot is recalled, or of which a check failed or a deviation came to light that its
 * authorisation could not know (C3, D2), however many steps upstream, and whether anybody stated it or not.
 */
export function concernsOf(whole: WholeTherapy): readonly Concern[] {
  return [...whole.doses.values()].flatMap((dose) => {
    const given = administrationsOf(dose);
    const [first, ...others] = given.map(effectiveOf);
    if (first === undefined) return [];
    const begun = others.reduce(earlier, first);
    return learntOf(whole, dose, given, others.reduce(later, first)).map(({ cause, by }) => ({
      dose,
      cause,
      since: later(begun, effectiveOf(by)),
      alert: whole.alerts.find(
        (each) => each.dose === dose.id && each.cause.command === cause.command,
      ),
    }));
  });
}

/** What reached the patient, or began to. */
function administrationsOf({ administrations }: Dose): readonly Administration[] {
  return administrations.filter(({ course, annulled }) => course !== 'not-started' && !annulled);
}

function learntOf(
  whole: WholeTherapy,
  dose: Dose,
  given: readonly Administration[],
  until: string,
): readonly Learnt[] {
  const { coi } = whole.therapy;
  const items = given.map(({ item: id }): Link => ({ kind: 'item', coi, id }));
  const ancestry = upstreamOf(whole, items);
  const decided = decidedAt(whole, dose);
  const commands = given.map(({ command }) => command);
  const graver = [
    ...recallsOfBatches(ancestry),
    ...recallsOfLots(whole, ancestry),
    ...failuresAfter(whole, ancestry, ['identity', 'safety', 'quality'], decided),
  ];
  const named = new Set(graver.map(({ cause }) => cause.command));
  const deviations = deviationsAfter(whole, ancestry, { decided, until, commands });
  return [...graver, ...deviations.filter(({ cause }) => !named.has(cause.command))];
}

/** When it was decided that a dose may be given: by its authorisation, or by the pass by which it was. RFC 3339. */
function decidedAt(
  { passes }: WholeTherapy,
  { authorised, administrations }: Dose,
): string | undefined {
  if (authorised) return authorised.time;
  return earliest(
    administrations.map(({ pass }) =>
      pass === undefined ? undefined : passes.get(pass)?.issued.time,
    ),
  );
}

function recallsOfBatches({ batches }: Ancestry): readonly Learnt[] {
  return batches.flatMap(({ id: batch, recall: by }) =>
    by ? [{ cause: { kind: 'batch-recalled' as const, batch, command: by.command }, by }] : [],
  );
}

function recallsOfLots({ recalledLots }: WholeTherapy, { attempts }: Ancestry): readonly Learnt[] {
  const used = new Set(attempts.flatMap(lotsOf));
  return [...used].flatMap((lot) => {
    const by = recalledLots.get(lot)?.recall;
    if (!by) return [];
    return [{ cause: { kind: 'lot-recalled' as const, lot, command: by.command }, by }];
  });
}
