import { rootDigest } from '@veinledger/domain';
import { z } from 'zod';
import { shippedProcesses } from '../development/consortium.js';
import { defineCommand } from '../command.js';
import { committed } from '../receipt-lines.js';

export const bootstrap = defineCommand({
  arguments: [],
  options: [],
  input: z.strictObject({}),
  run: async (session) => {
    const root = await session.root();
    const registrar = await session.founder();
    const body = { root: rootDigest(root) };
    const first = await session.say(registrar, { type: 'registry:Bootstrap', body });
    const published = [];
    for (const definition of shippedProcesses()) {
      const statement = { type: 'process:Publish', body: { definition } };
      published.push(await session.say(registrar, statement));
    }
    return committed(first, ...published);
  },
});
