import { setTimeout as delay } from 'node:timers/promises';
import { startNode } from '@veinledger/network';

const LONGEST_START = 30_000;

/**
 * Starts a node that was refused before; what it was refused for is remembered until the supervisor looks anew.
 * @throws NetworkError when it is still refused after half a minute
 */
export async function startedAgain(home: string, name: string): Promise<void> {
  const deadline = Date.now() + LONGEST_START;
  for (;;) {
    try {
      await startNode(home, name);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(250);
  }
}
