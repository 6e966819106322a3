import { type Figure, figure, figureWithGoal } from '../bench/figures.js';
import type { Outcome } from './outcome.js';

/** After the leader's death, the next commit, seconds. */
const LEADER_GOAL_SECONDS = 5;

const HEAD = [
  'fault',
  'next commit, s',
  'longest wait, s',
  'failed attempts',
  'handed in',
  'acknowledged',
  'found',
  'doubled',
  'lost',
];

function cells(outcome: Outcome): readonly string[] {
  const { fault, nextCommitSeconds, longestSeconds, failures, handedIn } = outcome;
  const times = fault.times > 1 ? ` (median of ${fault.times})` : '';
  const failed = [...failures].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return [
    `${fault.title}${times}`,
    nextCommitSeconds.toFixed(1),
    longestSeconds.toFixed(1),
    failed || 'none',
    ...[handedIn, outcome.acknowledged, outcome.found, outcome.doubled, outcome.lost].map(String),
  ];
}

/** The outcomes as a table of Markdown, readable as it is. */
export function tableOf(outcomes: readonly Outcome[]): readonly string[] {
  const rows = [HEAD, ...outcomes.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isText = (column: number) => column === 0 || column === 3;
  const line = (row: readonly string[]) => {
    const padded = row.map((cell, column) =>
      isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head, ...body] = rows.map(line);
  return [head ?? '', `| ${rule.join(' | ')} |`, ...body];
}

/** The outcomes as the bench writes figures. */
export function figuresOf(
  outcomes: readonly Outcome[],
  { version, cores }: { readonly version: string; readonly cores: number },
): readonly Figure[] {
  return [
    figure(`${version}: cores of this machine`, cores, ''),
    ...outcomes.flatMap((outcome) => {
      const { name } = outcome.fault;
      const next = `${name}: until the next commit`;
      const failed = [...outcome.failures.values()].reduce((sum, count) => sum + count, 0);
      return [
        name === 'leader'
          ? figureWithGoal(next, outcome.nextCommitSeconds, 's', 'at most', LEADER_GOAL_SECONDS)
          : figure(next, outcome.nextCommitSeconds, 's'),
        figure(`${name}: longest wait`, outcome.longestSeconds, 's'),
        figure(`${name}: failed attempts`, failed, 'attempts'),
        figure(`${name}: handed in`, outcome.handedIn, 'commands'),
        figure(`${name}: acknowledged`, outcome.acknowledged, 'commands'),
        figure(`${name}: found`, outcome.found, 'commands'),
        figureWithGoal(`${name}: doubled`, outcome.doubled, 'commands', 'exactly', 0),
        figureWithGoal(`${name}: lost`, outcome.lost, 'commands', 'exactly', 0),
      ];
    }),
  ];
}
