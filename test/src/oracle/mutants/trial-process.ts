import { registerHooks } from 'node:module';
import type { Attempted, Noticed, Trial } from './attempt.js';
import { addressOf, mutatedText } from './domain-files.js';
import { mutantOf } from './index.js';

/** Plays histories against one mutant until one disagrees, and tells the process that started it what came of that. */
const { mutant: id, seed, numbers } = JSON.parse(process.argv[2] ?? '') as Trial;
const mutant = id === undefined ? undefined : mutantOf(id);
if (mutant) {
  const [address, source] = [addressOf(mutant), mutatedText(mutant)];
  registerHooks({
    load: (url, context, next) =>
      url === address ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}
// only now: what it imports is loaded changed
const { drawHistory, disagreeing } = await import('../generator/run.js');
const { Theatre } = await import('../generator/play.js');
const { openStage } = await import('../generator/stage.js');
const { openBehind } = await import('../generator/found.js');

const theatre = await Theatre.open(await openStage());
const search = disagreeing(theatre, new Set());
let tried = 0;
let found: Noticed | undefined;
for (const history of numbers) {
  tried += 1;
  const finding = await search(drawHistory(theatre, { seed }, history).history);
  if (!finding || openBehind(finding)) continue;
  found = { says: finding.key, history };
  break;
}
const attempted: Attempted = { tried, ...(found ? { found } : {}) };
process.send?.(attempted);
