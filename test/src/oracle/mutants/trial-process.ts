import { registerHooks } from 'node:module';
import type { Attempted, Trial } from './attempt.js';
import { addressOf, mutatedText } from './domain-files.js';
import { MUTANTS } from './index.js';

/** Plays histories against one mutant, and tells the process that started it what came of that. */
const { mutant: id, seed, histories } = JSON.parse(process.argv[2] ?? '') as Trial;
const mutant = MUTANTS.find((each) => each.id === id);
if (id !== undefined && !mutant) throw new Error(`there is no mutant ${id}`);
if (mutant) {
  const [address, source] = [addressOf(mutant), mutatedText(mutant)];
  registerHooks({
    load: (url, context, next) =>
      url === address ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}
// only now: what it imports is loaded changed
const { run } = await import('../generator/run.js');
const started = performance.now();
let played = 0;
let found: string | undefined;
await run({
  seed,
  shrinks: false,
  goOn: (count) => {
    played = count;
    return count < histories && found === undefined;
  },
  onFinding: (text) => {
    found ??= text.split('\n')[0] ?? text;
  },
});
const attempted: Attempted = {
  histories: played,
  seconds: (performance.now() - started) / 1000,
  ...(found === undefined ? {} : { found }),
};
process.send?.(attempted);
