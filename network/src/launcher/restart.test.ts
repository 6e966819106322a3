import { describe, expect, test } from '@jest/globals';
import { restartUntil } from './restart.js';

const PATIENCE = { restarts: 3, eachMs: 20, pollMs: 1 };

/** A node that hangs after so many of its starts. */
function hanging(times: number) {
  const node = { starts: 0 };
  const restart = () => Promise.resolve(void (node.starts += 1));
  const inStep = () => Promise.resolve(node.starts > times);
  return { node, done: restartUntil(inStep, restart, PATIENCE) };
}

describe('a node that is restarted', () => {
  test('is restarted once where it comes back', async () => {
    const { node, done } = hanging(0);
    expect([await done, node.starts]).toEqual([true, 1]);
  });

  test('is restarted again where it hangs', async () => {
    const { node, done } = hanging(2);
    expect([await done, node.starts]).toEqual([true, 3]);
  });

  test('is given up when it hung each time', async () => {
    const { node, done } = hanging(3);
    expect([await done, node.starts]).toEqual([false, 3]);
  });
});
