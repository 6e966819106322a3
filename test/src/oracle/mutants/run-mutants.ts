import { availableParallelism } from 'node:os';
import { clauseOf } from '../generator/draw.js';
import { processOf } from '../generator/theatres.js';
import { askTests } from './ask-tests.js';
import type { Noticed } from './attempt.js';
import type { Mutant } from './mutant.js';
import { testsOf } from './rule-files.js';
import { Trials } from './trials.js';

/** What histories must notice a mutant within. */
const HISTORIES = 5_000;

/**
 * Tries each mutant, on as many processes as there are cores, until something notices it: histories of one seed that are made
 * for its clause, the domain's tests that its file names, and then the other histories. Of one that names tests of its own no
 * such history is known to notice it: they are asked first.
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
      const found = await attempt(trials, mutant);
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      if (found) {
        const by = found.history === undefined ? 'a test' : `history ${found.history}`;
        print(`killed  ${mutant.id} (${by}, ${seconds} s): ${found.says}`);
      } else {
        alive += 1;
        print(`ALIVE   ${mutant.id} (${HISTORIES} histories, ${seconds} s)`);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  print(`${mutants.length - alive} killed, ${alive} alive`);
  return alive;
}

/** Histories by their processes: the honest way of each is played before its first. */
function inTurn(numbers: readonly number[]): readonly number[] {
  const byProcess = Map.groupBy(numbers, processOf);
  return [...byProcess.values()].flat();
}

/** What notices a mutant first. */
async function attempt(trials: Trials, mutant: Mutant): Promise<Noticed | undefined> {
  const [clause] = mutant.id.split(' ');
  const numbers = Array.from({ length: HISTORIES }, (_, number) => number);
  const isAimed = (number: number) => clauseOf(number) === clause;
  const aimed = () => trials.attempt(mutant, inTurn(numbers.filter(isAimed)));
  const tests = () => askTests(mutant, testsOf(mutant));
  const others = () => trials.attempt(mutant, inTurn(numbers.filter((each) => !isAimed(each))));
  for (const ask of mutant.tests ? [tests, aimed, others] : [aimed, tests, others]) {
    const { found } = await ask();
    if (found) return found;
  }
  return undefined;
}
