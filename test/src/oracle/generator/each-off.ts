import { drawHistory } from './draw.js';
import { AIMED } from './faults/index.js';
import { findingOf } from './finding.js';
import { judgeAll } from './play.js';

import { Theatres } from './theatres.js';

/** What became of a run without one clause. */
export interface Off {
  readonly clause: string;
  /** how many histories were played until one of them was missed; undefined where none was */
  readonly noticedAfter?: number;
  /** what the ledger and the judge without the clause disagree about */
  readonly key?: string;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Switches each clause off once, and plays what is made for it until the judge misses it: until the ledger and the judge
 * agree with the clause, and disagree without.
 * @param atMost how many histories are played for each
 */
export async function* eachOff(seed: number, atMost: number): AsyncIterable<Off> {
  const theatres = new Theatres();
  for (const clause of AIMED) yield await withoutOne(theatres, seed, clause, atMost);
}

async function withoutOne(
  theatres: Theatres,
  seed: number,
  clause: string,
  atMost: number,
): Promise<Off> {
  const off = new Set([clause]);
  for (let number = 0; number < atMost; number += 1) {
    const theatre = await theatres.of(number);
    const { history } = drawHistory(theatre, { seed, aim: clause }, number);
    const said = await theatre.play(history);
    const start = theatre.start(history);
    if (findingOf(said, judgeAll(said, start, NOTHING), start, NOTHING)) continue;
    const finding = findingOf(said, judgeAll(said, start, off), start, off);
    if (finding) return { clause, noticedAfter: number + 1, key: finding.key };
  }
  return { clause };
}
