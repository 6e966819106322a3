import { type Figure, figure, figureWithGoal } from './figures.js';
import type { Usage } from './gateway-messages.js';
import { readJobs } from './jobs.js';
import { rateOf } from './throughput.js';
import type { Loaded } from './load.js';
import { type Verifiable, verifiable, type VerifyRate } from './verify-rate.js';
import type { Person } from '../journey/submitter.js';

/** How many real commands are verified in turn. */
const SAMPLE = 500;
/** Of the rate at which one thread verifies. */
const GOAL = 0.5;

/** The first commands of some files, ready to be verified. */
export async function verifiableCommands(
  files: readonly string[],
  people: readonly Person[],
): Promise<readonly Verifiable[]> {
  const commands: Verifiable[] = [];
  for await (const job of readJobs(files)) {
    for (const { actor, body } of job) {
      const keys = people.find(({ id }) => id === actor)?.keys.public;
      const { jws } = JSON.parse(body) as { jws: string };
      if (keys) commands.push(verifiable(jws, keys));
    }
    if (commands.length >= SAMPLE) break;
  }
  return commands;
}

/** The rates of verification alone, and what became of them end to end. */
export function verifyRateFigures(rate: VerifyRate, busy: Loaded): readonly Figure[] {
  return [
    figure('both signatures verified, one thread', rate.oneThread, 'commands/s'),
    figure('both signatures verified, thread pool', rate.threadPool, 'commands/s'),
    figureWithGoal(
      'commands at concurrency 64, of what one thread verifies',
      rateOf(busy) / rate.oneThread,
      'ratio',
      'at least',
      GOAL,
    ),
  ];
}

/** How often each of some commands was verified: by the contracts, and by anything in the gateway's process. */
export function verificationFigures(
  commands: number,
  before: Usage,
  after: Usage,
): readonly Figure[] {
  return (['inContract', 'inProcess'] as const).flatMap((where) =>
    (['ed25519', 'mlDsa65'] as const).map((algorithm) =>
      figureWithGoal(
        `${NAMES[algorithm]} verifications per command ${PLACES[where]}`,
        (after[where][algorithm] - before[where][algorithm]) / commands,
        'per command',
        'exactly',
        1,
      ),
    ),
  );
}

const NAMES = { ed25519: 'Ed25519', mlDsa65: 'ML-DSA-65' } as const;
const PLACES = { inContract: 'in the contract', inProcess: 'in the whole process' } as const;
