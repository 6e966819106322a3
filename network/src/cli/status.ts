import { parseArgs } from 'node:util';
import { networkStatus, type NodeStatus } from '../launcher/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { HOME, HOME_LINE, wordsOf } from './options.js';

export const status: NetworkCommand = {
  name: 'status',
  summary: 'shows each process, its heights, who leads, and why one is not started',
  usage: `Usage: npm run network -- status [options]

Shows each process of this home: pid or state, how often it died, its height on each channel, and who leads
the ordering nodes. Ends with 3 when a node that is to run does not.

Options
${HOME_LINE}
  --json             for programs
  --help`,
  async run(args, { log }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { home: HOME, json: { type: 'boolean', default: false } },
    });
    wordsOf(positionals);
    const nodes = await networkStatus(values.home);
    log(values.json ? JSON.stringify(nodes, undefined, 2) : table(nodes));
    const asWanted = nodes.every(({ state }) => state === 'running' || state === 'stopped');
    return asWanted ? EXIT.done : EXIT.nodeDown;
  },
};

/** One line per process. */
export function table(nodes: readonly NodeStatus[]): string {
  const head = ['process', 'member', 'port', 'pid', 'died', 'height', ''];
  const rows = nodes.map((node) => [
    node.name,
    node.mspId,
    String(node.port),
    node.pid === undefined ? node.state : String(node.pid),
    node.deaths === 0 ? '' : String(node.deaths),
    heights(node),
    node.refused === undefined ? leads(node) : `refused: ${node.refused}`,
  ]);
  const lines = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function heights({ channels }: NodeStatus): string {
  const known = channels.flatMap(({ name, height }) =>
    height === undefined ? [] : [{ name, height }],
  );
  return known
    .map(({ name, height }) => (channels.length === 1 ? height : `${name} ${height}`))
    .join(', ');
}

function leads({ channels }: NodeStatus): string {
  const led = channels.filter(({ leader }) => leader).map(({ name }) => name);
  return led.length === 0 ? '' : `leads ${led.join(', ')}`;
}
