import type { Figure } from './figures.js';

const VERDICTS = { true: 'met', false: 'MISSED', null: '' } as const;

/** The figures as a table, one line each, and a last line that counts the goals. */
export function reportLines(figures: readonly Figure[]): readonly string[] {
  const rows = figures.map(({ name, value, unit, goal, met }) => [
    name,
    String(value),
    unit,
    goal === null ? '' : String(goal),
    VERDICTS[`${met}`],
  ]);
  const table = [['figure', 'value', 'unit', 'goal', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 3
          ? cell.padStart(widths[column] ?? 0)
          : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const goals = figures.filter(({ met }) => met !== null);
  const reached = goals.filter(({ met }) => met === true).length;
  return [...lines, '', `${reached} of ${goals.length} goals met.`];
}

/** What `--json` writes. */
export function reportJson(figures: readonly Figure[]): string {
  return `${JSON.stringify({ figures }, undefined, 2)}\n`;
}
