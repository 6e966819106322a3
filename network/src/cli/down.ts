import { stopNetwork } from '../launcher/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE } from './options.js';

export const down: NetworkCommand = {
  usage: `Usage: veinledger network down [options]

Ends the supervisor of this home and then every process that was started for it.

Options
${HOME_LINE}
  --purge            remove the network's files too: keys, ledgers, everything
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, {
      home: HOME,
      purge: { type: 'boolean', default: false },
    });
    await stopNetwork({ home: values.home, purge: values.purge, log });
    return EXIT.done;
  },
};
