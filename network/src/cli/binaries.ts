import { describeBinaries } from '../binaries/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf } from './options.js';

export const binaries: NetworkCommand = {
  usage: `Usage: veinledger network binaries [options]

Shows which programs of Fabric and Fabric CA are used, from where, and why not from what comes before: from
FABRIC_BIN (FABRIC_CA_BIN), PATH or the cache (VEINLEDGER_CACHE), else built from Go modules.

Options
  --no-build         look only, build nothing
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, { 'no-build': { type: 'boolean', default: false } });
    const lines = await describeBinaries({ build: !values['no-build'], log });
    for (const line of lines) log(line);
    return lines.some((line) => line.startsWith('no source has ')) ? EXIT.failed : EXIT.done;
  },
};
