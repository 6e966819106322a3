import { type Figure, figure, figureWithGoal } from '../bench/figures.js';
import type { FaultResult } from './fault-result.js';

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

function cells(result: FaultResult): readonly string[] {
  const { fault, nextCommitSeconds, longestSeconds, failures, handedIn } = result;
  const times = fault.times > 1 ? ` (median of ${fault.times})` : '';
  const failed = [...failures].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return [
    `${fault.title}${times}`,
    nextCommitSeconds.toFixed(1),
    longestSeconds.toFixed(1),
    failed || 'none',
    ...[handedIn, result.acknowledged, result.found, result.doubled, result.lost].map(String),
  ];
}

/** The results as a table of Markdown, readable as it is. */
export function tableOf(results: readonly FaultResult[]): readonly string[] {
  const rows = [HEAD, ...results.map(cells)];
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

/** The results as the bench writes figures. */
export function figuresOf(
  results: readonly FaultResult[],
  { version, cores }: { readonly version: string; readonly cores: number },
): readonly Figure[] {
  return [
    figure(`${version}: cores of this machine`, cores, ''),
    ...results.flatMap((result) => {
      const { name } = result.fault;
      const next = `${name}: until the next commit`;
      const failed = [...result.failures.values()].reduce((sum, count) => sum + count, 0);
      return [
        name === 'leader'
          ? figureWithGoal(next, result.nextCommitSeconds, 's', 'at most', LEADER_GOAL_SECONDS)
          : figure(next, result.nextCommitSeconds, 's'),
        figure(`${name}: longest wait`, result.longestSeconds, 's'),
        figure(`${name}: failed attempts`, failed, 'attempts'),
        figure(`${name}: handed in`, result.handedIn, 'commands'),
        figure(`${name}: acknowledged`, result.acknowledged, 'commands'),
        figure(`${name}: found`, result.found, 'commands'),
        figureWithGoal(`${name}: doubled`, result.doubled, 'commands', 'exactly', 0),
        figureWithGoal(`${name}: lost`, result.lost, 'commands', 'exactly', 0),
      ];
    }),
  ];
}
