import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Replay } from './replay.js';

const FOLDER = fileURLToPath(new URL('../../../src/oracle/found', import.meta.url));

/** What the ledger and the safety case still disagree about, and why nobody has mended it. */
export interface Open {
  readonly sentence: string;
  readonly because: string;
  /**
   * what a disagreement is about when it is this one, as regular expressions: some point of it matches the first, and
   * every other point one of them
   */
  readonly points: readonly string[];
}

/** A history that was a finding once: agreed upon since, or still open. */
export interface Found extends Replay {
  readonly name: string;
  readonly open?: Open;
}

/** The histories that were kept, one in each file. */
export const FOUND: readonly Found[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
  .map((name) => ({
    name: name.slice(0, -'.json'.length),
    ...(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Omit<Found, 'name'>),
  }));

const OPEN = FOUND.flatMap(({ name, open }) =>
  open ? [{ name, patterns: open.points.map((text) => new RegExp(text)) }] : [],
);

/** The open ones that a finding's points belong to; undefined when a point belongs to none. */
export function openBehind({
  points,
}: {
  readonly points: readonly string[];
}): readonly string[] | undefined {
  const applying = OPEN.filter(({ patterns }) => points.some((each) => patterns[0]?.test(each)));
  const names = points.map(
    (point) => applying.find(({ patterns }) => patterns.some((each) => each.test(point)))?.name,
  );
  const known = names.filter((name) => name !== undefined);
  return known.length === points.length && known.length > 0 ? [...new Set(known)] : undefined;
}
