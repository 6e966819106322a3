import { setTimeout as delay } from 'node:timers/promises';
import { LedgerError } from '@veinledger/ledger';
import type { SignedMessage } from '../../journey/submitter.js';
import { type DoseAtBedside, requireNoGoAlone } from './dose-at-bedside.js';

/** Facts a second that come into the therapy while doses are decided. */
export const FACTS_PER_SECOND = 5;
/** Between one decision and the next, milliseconds: no multiple of the facts' interval. */
const PAUSE_MS = 70;
/** No further decision is asked for among facts after this, milliseconds. */
const AMONG_FACTS_MS = 60_000;

/** How long each decision on a dose took, from its request to its commit, one at a time, milliseconds. */
export async function decideAlone(dose: DoseAtBedside, count: number): Promise<readonly number[]> {
  await dose.verify();
  const times: number[] = [];
  for (const asked of await dose.ask(count)) times.push(await decide(dose, asked));
  return times;
}

/** Decisions that were asked for while facts came into their therapy. */
export interface AmongFacts {
  readonly asked: number;
  /** how long each that was committed took, conflicts with facts and further tries included, milliseconds */
  readonly times: readonly number[];
}

/**
 * Decides while facts come into the same therapy, for a minute at most. What kept conflicting was asked and not
 * committed.
 * @throws Error when a fact is not committed
 */
export async function decideAmongFacts(dose: DoseAtBedside, count: number): Promise<AmongFacts> {
  await dose.verify();
  const all = await dose.ask(count);
  const told: Promise<unknown>[] = [];
  const telling = setInterval(() => told.push(dose.reading()), 1000 / FACTS_PER_SECOND);
  const until = performance.now() + AMONG_FACTS_MS;
  const times: number[] = [];
  let asked = 0;
  try {
    for (const each of all) {
      asked += 1;
      times.push(...(await decideUnlessInConflict(dose, each)));
      if (performance.now() > until) break;
      await delay(PAUSE_MS);
    }
  } finally {
    clearInterval(telling);
    await Promise.all(told);
  }
  return { asked, times };
}

async function decideUnlessInConflict(
  dose: DoseAtBedside,
  asked: SignedMessage,
): Promise<readonly number[]> {
  try {
    return [await decide(dose, asked)];
  } catch (error) {
    if (error instanceof LedgerError && error.kind === 'conflict') return [];
    throw error;
  }
}

async function decide({ journey }: DoseAtBedside, asked: SignedMessage): Promise<number> {
  const started = performance.now();
  const committed = await journey.submitter.submit(journey.cast.clinician, asked);
  const took = performance.now() - started;
  requireNoGoAlone(committed);
  return took;
}
