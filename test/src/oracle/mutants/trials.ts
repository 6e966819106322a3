import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Attempted, Trial } from './attempt.js';
import type { Mutant } from './mutant.js';

const PROCESS = fileURLToPath(new URL('trial-process.js', import.meta.url));

/** Histories of one seed, which are played against mutants. */
export class Trials {
  readonly #seed: number;
  /** what the rules as they are come to in a history that disagreed with a mutant, by its number */
  readonly #unbroken = new Map<number, Promise<Attempted>>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Plays until a history disagrees in a way in which it does not with the rules as they are. */
  async attempt({ id }: Mutant, numbers: readonly number[]): Promise<Attempted> {
    let tried = 0;
    for (let left = numbers; left.length > 0;) {
      const played = await play({ mutant: id, seed: this.#seed, numbers: left });
      tried += played.tried;
      const { found } = played;
      if (found?.history === undefined) break;
      const { found: already } = await this.#asTheyAre(found.history);
      if (already?.says !== found.says) return { tried, found };
      left = left.slice(played.tried);
    }
    return { tried };
  }

  #asTheyAre(history: number): Promise<Attempted> {
    const known =
      this.#unbroken.get(history) ??
      play({ mutant: undefined, seed: this.#seed, numbers: [history] });
    this.#unbroken.set(history, known);
    return known;
  }
}

function play(trial: Trial): Promise<Attempted> {
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
