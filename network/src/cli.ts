import { pathToFileURL } from 'node:url';
import { runVerify } from './cli/verify.js';
import { parseCommandLine, USAGE, type CliRequest } from './cli-options.js';
import { networkStatus, startNetwork, stopNetwork, type NodeStatus } from './launcher/index.js';
import { loadProfile, profileFile } from './profile/index.js';

/**
 * Runs the command line.
 * @returns the process's exit code
 */
export async function runNetworkCli(
  args: readonly string[],
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<number> {
  if (args[0] === 'verify') return guarded(() => runVerify(args.slice(1), log), log);
  let request: CliRequest;
  try {
    request = parseCommandLine(args);
  } catch (error) {
    log(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  return guarded(() => run(request, log, signal), log);
}

async function guarded(work: () => Promise<number>, log: (line: string) => void): Promise<number> {
  try {
    return await work();
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    return error instanceof TypeError ? 2 : 1;
  }
}

async function run(
  request: CliRequest,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<number> {
  switch (request.action) {
    case 'help':
      log(USAGE);
      return 0;
    case 'up':
      await up(request, log, signal);
      return 0;
    case 'down':
      await stopNetwork({ home: request.home, purge: request.purge, log });
      return 0;
    case 'status': {
      const nodes = await networkStatus(request.home);
      log(table(nodes));
      return nodes.every((node) => node.pid !== undefined) ? 0 : 3;
    }
  }
}

async function up(
  request: CliRequest,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const begun = performance.now();
  const { connection } = await startNetwork({
    home: request.home,
    log,
    ...(request.root === undefined ? {} : { rootFile: request.root }),
    ...(request.profile === undefined
      ? {}
      : { profile: await loadProfile(profileFile(request.profile)) }),
    ...(request.portBase === undefined ? {} : { portBase: request.portBase }),
    ...(request.chaincode === undefined ? {} : { chaincodeDir: request.chaincode }),
    ...(signal === undefined ? {} : { signal }),
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const peers = connection.peers.map((peer) => `${peer.mspId} ${peer.endpoint}`).join(', ');
  log(`up after ${seconds} s; peers: ${peers}`);
  log(`clients read ${request.home}/connection.json`);
}

/** One line per process. */
export function table(nodes: readonly NodeStatus[]): string {
  const head = ['process', 'member', 'port', 'pid', 'height', ''];
  const rows = nodes.map((node) => [
    node.name,
    node.mspId,
    String(node.port),
    node.pid === undefined ? 'down' : String(node.pid),
    node.height === undefined ? '' : String(node.height),
    node.leader ? 'leader' : '',
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new Error(`interrupted by ${name}`)));
  }
  const args = process.argv.slice(2);
  process.exitCode = await runNetworkCli(args, (line) => console.log(line), controller.signal);
}
