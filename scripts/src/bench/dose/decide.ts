import { setTimeout as delay } from 'node:timers/promises';
import type { SignedMessage } from '../../journey/submitter.js';
import { type DoseAtBedside, requireNoGoAlone } from './dose-at-bedside.js';

/** Facts a second that come into the therapy while doses are decided. */
export const FACTS_PER_SECOND = 5;
/** Between one decision and the next, milliseconds: no multiple of the facts' interval. */
const PAUSE_MS = 70;

/** How long each decision on a dose took, from its request to its commit, one at a time, milliseconds. */
export async function decideAlone(dose: DoseAtBedside, count: number): Promise<readonly number[]> {
  await dose.verify();
  const times: number[] = [];
  for (const asked of await dose.ask(count)) times.push(await decide(dose, asked));
  return times;
}

/**
 * How long each took while facts came into the same therapy, conflicts with them and further tries included,
 * milliseconds.
 * @throws Error when a fact is not committed
 */
export async function decideAmongFacts(
  dose: DoseAtBedside,
  count: number,
): Promise<readonly number[]> {
  await dose.verify();
  const asked = await dose.ask(count);
  const told: Promise<unknown>[] = [];
  const telling = setInterval(() => told.push(dose.reading()), 1000 / FACTS_PER_SECOND);
  const times: number[] = [];
  try {
    for (const each of asked) {
      times.push(await decide(dose, each));
      await delay(PAUSE_MS);
    }
  } finally {
    clearInterval(telling);
    await Promise.all(told);
  }
  return times;
}

async function decide({ journey }: DoseAtBedside, asked: SignedMessage): Promise<number> {
  const started = performance.now();
  const committed = await journey.submitter.submit(journey.cast.clinician, asked);
  const took = performance.now() - started;
  requireNoGoAlone(committed);
  return took;
}
