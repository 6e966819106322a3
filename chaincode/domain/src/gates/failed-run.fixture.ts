import { commandOf, signedLater } from '../alerts/given.fixture.js';
import { COI, signed } from '../example.fixture.js';
import { honest, type Story } from '../graph/honest-therapy.fixture.js';
import type { Deviation } from '../nouns/deviation.js';
import type { RunFailure } from '../nouns/run.js';
import type { RunFailureReason } from '../values/words.js';

/** By which the laboratory says what it found. */
export const COMMAND = commandOf('H');
/** The deviation that follows of each attempt in the run. */
export const ID = `R.${COMMAND}`;
/** The attempt in the honest therapy's run. */
export const REF = { kind: 'step', coi: COI, id: 'sequencing', attempt: 1 } as const;

/** What the laboratory found of a run, so many minutes from now. */
export function finding(
  reason: RunFailureReason,
  rest: Partial<RunFailure> = {},
  minutes = 60,
): RunFailure {
  return { ...signedLater('lab.head', minutes, COMMAND), reason, ...rest };
}

/** The same therapy, of whose run that was found. */
export function found(
  reason: RunFailureReason,
  rest: Partial<RunFailure> = {},
  story = honest(),
): Story {
  return story.change('run', 'run-1', { failures: [finding(reason, rest)] });
}

/** As quality's disposition leaves the attempt and the deviation. */
export function settled(story: Story, decision: 'permit-use' | 'reject'): Story {
  const known = story.whole().deviations.get(ID);
  if (!known) throw new Error('no deviation');
  const disposition = { ...signed('manufacturer.reviewer'), decision };
  const deviation: Deviation = { ...known, subjects: [{ ref: REF, disposition }] };
  const rejected = [{ kind: 'rejected' as const, id: ID, code: known.code }];
  return story
    .with(deviation)
    .change('step', 'sequencing/1', { blockers: decision === 'reject' ? rejected : [] });
}

/** That a second person of the owner says so too, with the controls' results. */
export const CONFIRMED: Partial<RunFailure> = {
  confirmed: { ...signedLater('lab.deputy', 90, commandOf('C')), controls: 'A'.repeat(43) },
};
