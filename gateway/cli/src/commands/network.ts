import { NETWORK_COMMANDS } from '@veinledger/network/cli';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { wrongUsage } from '../complaint.js';

/** What the completion knows of it; the words are read by the network's own program. */
export const network = defineCommand({
  arguments: [
    {
      name: 'command',
      summary: 'what is done with the network',
      values: NETWORK_COMMANDS,
      many: true,
    },
  ],
  options: [],
  input: z.unknown(),
  run: () => {
    throw wrongUsage('network', 'it as the first word: veinledger network COMMAND --help');
  },
});
