import { run } from './run.js';
import type { Asked } from './draw.js';
import type { Counts } from './tally.js';

/** What is asked of a run, whoever plays it. */
export interface Wanted extends Asked {
  /** clauses that are left out */
  readonly off: readonly string[];
  /** the id of the process that every history is of; of each alike when left out */
  readonly process?: string;
}

/** What one of several processes plays of a run: every `of`th history from `first` on, for so long. */
export interface Part extends Wanted {
  readonly minutes: number;
  readonly first: number;
  readonly of: number;
}

/** What a part came to, and what it finds as it is found. */
export type Told =
  | { readonly finding: { readonly key: string; readonly told: string } }
  | {
      readonly counts: Counts;
      readonly findings: readonly (readonly [string, number])[];
      readonly open: readonly (readonly [string, number])[];
    };

export async function playPart(part: Part, tell: (told: Told) => void): Promise<void> {
  const until = performance.now() + part.minutes * 60_000;
  const { tally, findings, open } = await run({
    ...part,
    numbers: everyOf(part),
    goOn: () => performance.now() < until,
    onFinding: (told, key) => tell({ finding: { key, told } }),
  });
  const counted = [...findings].map(([key, { count }]) => [key, count] as const);
  tell({ counts: tally.counts(), findings: counted, open: [...open] });
}

function* everyOf({ first, of }: Part): Iterable<number> {
  for (let number = first; ; number += of) yield number;
}
