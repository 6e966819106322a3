import { styleText } from 'node:util';

/** Rows in aligned columns below their headings; headings stand out on a terminal, and only there. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [styleText('bold', line(headings), { stream: process.stdout }), ...rows.map(line)];
}

/** Names and values in two aligned columns; members of objects are named by their path. */
export function describe(value: unknown): readonly string[] {
  const entries = entriesOf(value, '');
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}

/** The longest value that is shown whole; keys and signatures are longer. */
const LONGEST = 120;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

function entriesOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, shortened(String(value))]];
  if (Array.isArray(value) && value.length === 0) return [[path, 'none']];
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    return [[path, value.join(', ')]];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    entriesOf(member, path === '' ? name : `${path}.${name}`),
  );
}
