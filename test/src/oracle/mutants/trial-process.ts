import { registerHooks } from 'node:module';
import type { Attempted, Trial } from './attempt.js';
import { addressOf, mutatedText } from './domain-files.js';
import { mutantOf } from './index.js';

/** Plays histories against one mutant, and tells the process that started it what came of that. */
const { mutant: id, seed, histories } = JSON.parse(process.argv[2] ?? '') as Trial;
const mutant = id === undefined ? undefined : mutantOf(id);
if (mutant) {
  const [address, source] = [addressOf(mutant), mutatedText(mutant)];
  registerHooks({
    load: (url, context, next) =>
      url === address ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}
// only now: what it imports is loaded changed
const { clauseOf, run } = await import('../generator/run.js');
// those that are aimed at the mutant's clause first: they tell soonest, and against an argument they are enough
const clause = mutant?.id.split(' ')[0];
const numbers = Array.from({ length: histories }, (_, number) => number);
const aimed = (number: number) => mutant !== undefined && clauseOf(number) === clause;
const first = numbers.filter(aimed);
const others = mutant?.argued === undefined ? numbers.filter((number) => !aimed(number)) : [];
const started = performance.now();
let tried = 0;
let found: string | undefined;
await run({
  seed,
  shrinks: false,
  numbers: [...first, ...others],
  goOn: (played) => {
    tried = played;
    return found === undefined;
  },
  onFinding: (text) => {
    found ??= text.split('\n')[0] ?? text;
  },
});
const attempted: Attempted = {
  tried: found === undefined ? first.length + others.length : tried,
  seconds: (performance.now() - started) / 1000,
  ...(found === undefined ? {} : { found }),
};
process.send?.(attempted);
