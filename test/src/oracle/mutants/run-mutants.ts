import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
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
 * Plays histories of one seed against each mutant until one disagrees with the oracle, on as many processes as there are
 * cores.
 * @throws Error where the rules as they are disagree already: then nothing would be told by a disagreement
 */
export async function runMutants(seed: number, print: (line: string) => void): Promise<MutantsRun> {
  print(`the rules as they are, ${HISTORIES} histories of seed ${seed}`);
  const clean = await attempt({ mutant: undefined, seed, histories: HISTORIES });
  if (clean.found !== undefined) {
    throw new Error(`the rules as they are disagree with the oracle: ${clean.found}`);
  }
  print(`${clean.histories} histories without a disagreement, ${clean.seconds.toFixed(0)} s`);
  const alive: Mutant[] = [];
  const argued: Mutant[] = [];
  const waiting = MUTANTS.values();
  const worker = async () => {
    for (const mutant of waiting) {
      const trial = { mutant: mutant.id, seed, histories: HISTORIES };
      const { found, histories, seconds } = await attempt(trial);
      const how = `${histories} histories, ${seconds.toFixed(0)} s`;
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
