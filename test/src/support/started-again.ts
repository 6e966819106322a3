import { startNode } from '@veinledger/network';
import { until } from './until.js';

/** Starts a node that was refused before; what it was refused for is remembered until the supervisor looks anew. */
export async function startedAgain(home: string, name: string): Promise<void> {
  await until(`${name} to start again`, async () => {
    await startNode(home, name);
    return true;
  });
}
