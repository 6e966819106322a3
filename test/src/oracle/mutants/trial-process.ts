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
const { drawHistory } = await import('../generator/draw.js');
const { disagreeing } = await import('../generator/run.js');
const { HonestPlanStopped } = await import('../generator/play.js');
const { Theatres } = await import('../generator/theatres.js');
const { openBehind } = await import('../generator/found.js');

const theatres = new Theatres();
let tried = 0;
let found: Noticed | undefined;
for (const history of numbers) {
  tried += 1;
  const says = await disagreementIn(history);
  if (says === undefined) continue;
  found = { says, history };
  break;
}
const attempted: Attempted = { tried, ...(found ? { found } : {}) };
process.send?.(attempted);

async function disagreementIn(history: number): Promise<string | undefined> {
  try {
    const theatre = await theatres.of(history);
    const { history: drawn } = drawHistory(theatre, { seed }, history);
    const finding = await disagreeing(theatre, new Set())(drawn);
    return finding && !openBehind(finding) ? finding.key : undefined;
  } catch (error) {
    if (error instanceof HonestPlanStopped) return error.message;
    throw error;
  }
}
