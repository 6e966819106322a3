import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { askTests } from './ask-tests.js';
import type { Attempted, Trial } from './attempt.js';
import { MUTANTS } from './index.js';
import type { Mutant } from './mutant.js';

/** What histories must notice a mutant within. */
const HISTORIES = 5_000;
const PROCESS = fileURLToPath(new URL('trial-process.js', import.meta.url));

export interface MutantsRun {
  readonly killed: number;
  readonly argued: readonly Mutant[];
  /** that live, though nobody argued why */
  readonly alive: readonly Mutant[];
}

/**
 * Plays histories of one seed against each mutant until one disagrees with the oracle, those made for its clause first, on
 * as many processes as there are cores; of one that no history speaks of, asks the domain's tests that are named.
 * @throws Error where the rules as they are disagree already, or fail a test: then nothing would be told by either
 */
export async function runMutants(seed: number, print: (line: string) => void): Promise<MutantsRun> {
  print(`the rules as they are, ${HISTORIES} histories of seed ${seed}`);
  const suites = new Set(MUTANTS.flatMap(({ tests = [] }) => tests));
  const trial = { mutant: undefined, seed, histories: HISTORIES };
  for (const clean of await Promise.all([attempt(trial), askTests(undefined, [...suites])])) {
    if (clean.found !== undefined) throw new Error(`without a mutant: ${clean.found}`);
    print(`${clean.tried} tried without a disagreement, ${clean.seconds.toFixed(0)} s`);
  }
  const alive: Mutant[] = [];
  const argued: Mutant[] = [];
  const waiting = MUTANTS.values();
  const worker = async () => {
    for (const mutant of waiting) {
      const { found, tried, seconds } = mutant.tests
        ? await askTests(mutant, mutant.tests)
        : await attempt({ mutant: mutant.id, seed, histories: HISTORIES });
      const how = `${tried} ${mutant.tests ? 'tests' : 'histories'}, ${seconds.toFixed(0)} s`;
      if (found !== undefined) print(`killed  ${mutant.id} (${how}): ${found}`);
      else print(`${mutant.argued === undefined ? 'ALIVE ' : 'argued'}  ${mutant.id} (${how})`);
      if (found === undefined) (mutant.argued === undefined ? alive : argued).push(mutant);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { killed: MUTANTS.length - alive.length - argued.length, argued, alive };
}

function attempt(trial: Trial): Promise<Attempted> {
  return new Promise((done, failed) => {
    const child = fork(PROCESS, [JSON.stringify(trial)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let attempted: Attempted | undefined;
    child.once('message', (message) => (attempted = message as Attempted));
    child.once('error', failed);
    child.once('exit', (code) => {
      if (attempted) done(attempted);
      else failed(new Error(`${trial.mutant ?? 'no mutant'}: the process ended with ${code}`));
    });
  });
}
