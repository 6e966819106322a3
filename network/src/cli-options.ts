import { parseArgs } from 'node:util';

/** What the user asked for. */
export interface CliRequest {
  readonly action: 'up' | 'status' | 'down' | 'help';
  readonly home: string;
  readonly profile: string | undefined;
  readonly root: string | undefined;
  readonly chaincode: string | undefined;
  readonly portBase: number | undefined;
  readonly purge: boolean;
}

export const USAGE = `Usage: npm run network -- up | status | verify | down [options]

  up      brings the consortium up, or what is missing of it
  status  shows each process, its height, and who leads the ordering nodes
  verify  compares the members' ledgers and code (verify --help)
  down    ends every process of the network; its files stay

Options
  --home DIR       where the network's files lie (.veinledger/network)
  --profile NAME   consortium, raft, programmes, or a file: members, channels, nodes, ports (consortium)
  --root FILE      the consortium root (root.json in the home folder)
  --chaincode DIR  the built chaincode package (the one of this checkout)
  --port-base N    first port; 0 picks free ones (the profile's)
  --purge          down: remove the network's files too
  --help

Fabric is taken from FABRIC_BIN, PATH or the cache (VEINLEDGER_CACHE), else built with Go.`;

/**
 * Reads the command line.
 * @throws TypeError naming what is unknown, missing or wrong
 */
export function parseCommandLine(args: readonly string[]): CliRequest {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      home: { type: 'string', default: '.veinledger/network' },
      profile: { type: 'string' },
      root: { type: 'string' },
      chaincode: { type: 'string' },
      'port-base': { type: 'string' },
      purge: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [action, ...more] = positionals;
  const portBase = values['port-base'];
  if (portBase !== undefined && !isPortBase(portBase)) {
    throw new TypeError(`--port-base: expected 0 or 1024 to 65000, found '${portBase}'`);
  }
  if (!values.help && (more.length > 0 || !isAction(action))) {
    const found = positionals.join(' ') || 'nothing';
    throw new TypeError(`expected up, status or down, found ${found}`);
  }
  return {
    action: values.help || !isAction(action) ? 'help' : action,
    home: values.home,
    profile: values.profile,
    root: values.root,
    chaincode: values.chaincode,
    portBase: portBase === undefined ? undefined : Number(portBase),
    purge: values.purge,
  };
}

function isAction(word: string | undefined): word is 'up' | 'status' | 'down' {
  return word === 'up' || word === 'status' || word === 'down';
}

function isPortBase(text: string): boolean {
  const port = Number(text);
  return /^\d+$/.test(text) && (port === 0 || (port >= 1024 && port <= 65_000));
}
