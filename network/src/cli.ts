import { pathToFileURL } from 'node:url';
import { runNetworkCli } from './cli/program.js';

export { NETWORK_COMMANDS, runNetworkCli } from './cli/program.js';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new Error(`interrupted by ${name}`)));
  }
  const args = process.argv.slice(2);
  process.exitCode = await runNetworkCli(args, (line) => console.log(line), controller.signal);
}
