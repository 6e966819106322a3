import { DEFINITIONS } from '../definition.js';
import { Theatre } from './play.js';
import { openStage } from './stage.js';

/** A theatre for each process that is shipped, opened when it is asked for. */
export class Theatres {
  readonly #open = new Map<string, Promise<Theatre>>();

  /** @throws Error for what is not shipped */
  by(process: string): Promise<Theatre> {
    const known = this.#open.get(process);
    if (known) return known;
    const definition = DEFINITIONS.find(({ id }) => id === process);
    if (!definition) throw new Error(`no process ${process} is shipped`);
    const opened = openStage(definition).then((stage) => Theatre.open(stage));
    this.#open.set(process, opened);
    return opened;
  }

  /** The theatre of a history's process: of each alike, under any seed, whatever the history is aimed at. */
  of(number: number, process = processOf(number)): Promise<Theatre> {
    return this.by(process);
  }
}

/** The process of the history of a number, under any seed. */
export function processOf(number: number): string {
  const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 16;
  const definition = DEFINITIONS[mixed % DEFINITIONS.length];
  if (!definition) throw new Error('no process is shipped');
  return definition.id;
}
