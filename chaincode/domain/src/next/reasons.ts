import { takesNothing, isTest } from '../graph/process-kinds.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { type Step, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isInTheWay } from '../values/reason-codes.js';
import { optionsOf } from './asked.js';
import type { Matters } from './matters.js';
import type { Waiting } from './next-act.js';
import type { Wait } from './wait.js';
import { type Way, WAY_OF_REASON } from './ways.js';

/** At which gate reasons stand, and since when. */
export interface AtGate {
  readonly noun: Waiting;
  /** the short name of what is at the gate */
  readonly subject: string;
  /** RFC 3339 */
  readonly since: string;
  /** MSP id of who has it in hand */
  readonly holder?: string;
}

/** Whether nothing makes good what these reasons say of a thing: it is made again. */
export function isLostFor(whole: WholeTherapy, reasons: readonly Reason[]): boolean {
  return reasons.some((reason) => wayOf(whole, reason)?.way === 'anew');
}

/** The step that a reason names; of an attempt at it, that. */
export function stepNamedIn({ definition }: WholeTherapy, subject: string): Step | undefined {
  const [noun, name = ''] = subject.split(' ');
  return noun === 'step' ? stepOf(definition, name.split('/')[0] ?? '') : undefined;
}

/**
 * How somebody leads on from a reason against something that was made: a step is still done, where it makes nothing that
 * ought to lie behind it; else the thing is made anew.
 */
export function wayOf(whole: WholeTherapy, { code, subject = '' }: Reason): Way | undefined {
  if (!isInTheWay(code)) return undefined;
  const way = WAY_OF_REASON[code];
  if (way.way !== 'step' || code === 'NOT_TESTED') return way;
  const step = stepNamedIn(whole, subject);
  const attempt = whole.attempts.get(subject.replace('step ', ''));
  if (code === 'STEP_NOT_DONE' && attempt) return way;
  const isDoneLater =
    step !== undefined &&
    (code === 'RESULT_MISSING' ? isTest(step) : takesNothing(step) || makesNothing(step));
  return isDoneLater ? way : { way: 'anew' };
}

function makesNothing({ outputs, datasets }: Step): boolean {
  return outputs.length + datasets.length === 0;
}

/** What waits for somebody's act of its own, of what stands against a thing at a gate. */
export function waitsOf(
  matters: Matters,
  reasons: readonly Reason[],
  gate: AtGate,
): readonly Wait[] {
  return reasons.flatMap(({ code, subject = gate.subject }): readonly Wait[] => {
    if (!isInTheWay(code)) return [];
    const way = WAY_OF_REASON[code];
    // whatever compromised keys signed waits under its own name
    if (code === 'SUSPECT_SIGNATURE' || !('acts' in way)) return [];
    return [
      {
        state: way.way === 'ended' ? 'ended' : 'stopped',
        noun: code.startsWith('CONSENT_') ? 'consent' : gate.noun,
        subject,
        code,
        options: optionsOf(matters, way.acts, gate.holder),
        since: gate.since,
      },
    ];
  });
}
