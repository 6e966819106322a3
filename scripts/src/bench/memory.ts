import { type Figure, figure, figureWithGoal, percentile } from './figures.js';

const MEBIBYTE = 1024 * 1024;
const GOAL_PERCENT = 10;

/** Resident memory of the gateway's process while it commits. */
export class MemoryRecord {
  readonly #samples: { readonly command: number; readonly bytes: number }[] = [];

  note(command: number, bytes: number): void {
    this.#samples.push({ command, bytes });
  }

  /**
   * The median around the first and around the last command, over a tenth of the commands between them each, so that
   * the moment of a garbage collection does not decide.
   */
  figures(from: number, to: number): readonly Figure[] {
    const window = (to - from) / 10;
    const early = this.#median(from, from + window);
    const late = this.#median(to - window, to);
    return [
      figure(`resident memory at command ${from}`, early / MEBIBYTE, 'MiB'),
      figure(`resident memory at command ${to}`, late / MEBIBYTE, 'MiB'),
      figureWithGoal(
        `growth of resident memory from command ${from} to ${to}`,
        (late / early - 1) * 100,
        '%',
        'under',
        GOAL_PERCENT,
      ),
    ];
  }

  #median(from: number, to: number): number {
    const within = this.#samples.filter(({ command }) => command >= from && command <= to);
    return percentile(
      within.map(({ bytes }) => bytes),
      0.5,
    );
  }
}
