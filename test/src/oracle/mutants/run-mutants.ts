import { availableParallelism } from 'node:os';
import { clauseOf } from '../generator/draw.js';
import { askTests } from './ask-tests.js';
import type { Attempted } from './attempt.js';
import type { Mutant } from './mutant.js';
import { testsOf } from './rule-files.js';
import { Trials } from './trials.js';

/** What histories must notice a mutant within. */
const HISTORIES = 5_000;

/**
 * Tries each mutant, on as many processes as there are cores, until something notices it: histories of one seed that are made
 * for its clause, the domain's tests that it or its file names, and then the other histories.
 * @returns how many live
 * @throws Error where the rules as they are fail a test: then nothing would be told by it
 */
export async function runMutants(
  seed: number,
  mutants: readonly Mutant[],
  print: (line: string) => void,
): Promise<number> {
  const clean = await askTests(undefined, [...new Set(mutants.flatMap(testsOf))]);
  if (clean.found) throw new Error(`without a mutant: ${clean.found.says}`);
  print(`seed ${seed}; ${clean.tried} tests pass without a mutant`);
  const trials = new Trials(seed);
  let alive = 0;
  const waiting = mutants.values();
  const worker = async () => {
    for (const mutant of waiting) {
      const started = performance.now();
      const { tried, found } = await attempt(trials, mutant);
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      if (found) {
        const by = found.history === undefined ? 'a test' : `history ${found.history}`;
        print(`killed  ${mutant.id} (${by}, ${seconds} s): ${found.says}`);
      } else {
        alive += 1;
        print(`ALIVE   ${mutant.id} (${tried} histories, ${seconds} s)`);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  print(`${mutants.length - alive} killed, ${alive} alive`);
  return alive;
}

/** What is told is of the stage that noticed it, or of the last one. */
async function attempt(trials: Trials, mutant: Mutant): Promise<Attempted> {
  const [clause] = mutant.id.split(' ');
  const numbers = Array.from({ length: HISTORIES }, (_, number) => number);
  const aimed = numbers.filter((number) => clauseOf(number) === clause);
  const byAimed = await trials.attempt(mutant, aimed);
  if (byAimed.found) return byAimed;
  const byTests = await askTests(mutant, testsOf(mutant));
  if (byTests.found) return byTests;
  const others = numbers.filter((number) => clauseOf(number) !== clause);
  const byOthers = await trials.attempt(mutant, others);
  return { ...byOthers, tried: byAimed.tried + byOthers.tried };
}
