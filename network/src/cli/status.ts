import {
  networkStatus,
  networkTlsGroups,
  readConnection,
  type Connection,
  type NodeStatus,
} from '../launcher/index.js';
import { HomeFiles } from '../plan/index.js';
import type { NegotiatedGroup } from '../tls/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE } from './options.js';

export const status: NetworkCommand = {
  usage: `Usage: veinledger network status [options]

Shows the version of Fabric, and each process of this home: pid or state, how often it died, its height on each channel, the group that a
TLS handshake with it negotiates, and who leads the ordering nodes. Ends with 3 when a node that is to run does not.

Options
${HOME_LINE}
  --json             for programs
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, { home: HOME, json: { type: 'boolean', default: false } });
    const nodes = await networkStatus(values.home);
    const fabric = await fabricOf(values.home);
    const groups = await networkTlsGroups(values.home);
    const shown = nodes.map((node) => ({
      ...node,
      tls: groups.filter((each) => each.node === node.name),
    }));
    if (values.json) log(JSON.stringify({ fabric, nodes: shown }, undefined, 2));
    else log(`${fabricLine(fabric)}\n\n${table(shown)}`);
    const asWanted = nodes.every(({ state }) => state === 'running' || state === 'stopped');
    return asWanted ? EXIT.done : EXIT.nodeDown;
  },
};

/** A node, and what handshakes with its listeners ended in. */
type Shown = NodeStatus & { readonly tls: readonly NegotiatedGroup[] };

/** Which Fabric the home's nodes were brought up with; undefined before that was done to the end. */
async function fabricOf(home: string): Promise<Connection['fabric'] | undefined> {
  const read = readConnection(new HomeFiles(home).connection);
  return read.then(
    ({ fabric }) => fabric,
    () => undefined,
  );
}

function fabricLine(fabric: Connection['fabric'] | undefined): string {
  if (fabric === undefined) return 'not brought up to the end yet';
  return `Fabric ${fabric.version} (commit ${fabric.commit}, from ${fabric.source})`;
}

/** One line per process. */
function table(nodes: readonly Shown[]): string {
  const head = ['process', 'member', 'port', 'pid', 'died', 'height', 'TLS group', ''];
  const rows = nodes.map((node) => [
    node.name,
    node.mspId,
    String(node.port),
    node.pid === undefined ? node.state : String(node.pid),
    node.deaths === 0 ? '' : String(node.deaths),
    heights(node),
    tlsGroups(node),
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

/** One group where all listeners negotiate the same. */
function tlsGroups({ tls }: Shown): string {
  const groups = tls.map(({ use, group = 'none' }) => ({ use, group }));
  const [first] = groups;
  if (first === undefined) return '';
  const same = groups.every(({ group }) => group === first.group);
  return same ? first.group : groups.map(({ use, group }) => `${use} ${group}`).join(', ');
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
