import { describe, expect, test } from '@jest/globals';
import { FairQueue, QueueFull } from './fair-queue.js';

/** Work that ends when the test says so, in the order in which it began. */
function bench(bounds: ConstructorParameters<typeof FairQueue>[0]) {
  const queue = new FairQueue(bounds);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (asker: string) =>
    queue.run(asker, () => {
      begun.push(asker);
      return new Promise<string>((done) => ends.push(() => done(asker)));
    });
  const end = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { queue, begun, ask, end };
}

describe('a queue', () => {
  test('serves whoever asks once before the second of somebody who asks a lot', async () => {
    const { begun, ask, end } = bench({ atOnce: 1, waitingEach: 8, waiting: 8 });
    const asked = ['flood', 'flood', 'flood', 'nurse', 'flood', 'clinician'].map(ask);
    while (begun.length < asked.length) await end();
    await end();
    expect(begun).toEqual(['flood', 'flood', 'nurse', 'clinician', 'flood', 'flood']);
    expect(await Promise.all(asked)).toHaveLength(6);
  });

  test('takes no more of one asker than it may, and takes others still', async () => {
    const { ask } = bench({ atOnce: 1, waitingEach: 2, waiting: 8 });
    const held = [ask('flood'), ask('flood'), ask('flood')];
    await expect(ask('flood')).rejects.toMatchObject({ name: 'QueueFull', of: 'asker' });
    held.push(ask('nurse'));
    expect(held).toHaveLength(4);
  });

  test('takes no more of all askers together than it may', async () => {
    const { ask, end } = bench({ atOnce: 1, waitingEach: 1, waiting: 2 });
    const served = ask('first');
    const held = [ask('second'), ask('third')];
    await expect(ask('fourth')).rejects.toThrow(new QueueFull('everybody', 2));
    await end();
    expect(await served).toBe('first');
    held.push(ask('fourth'));
    expect(held).toHaveLength(3);
  });

  test('works on as many at once as it may, and goes on after one that fails', async () => {
    const { queue, begun, ask, end } = bench({ atOnce: 2, waitingEach: 8, waiting: 8 });
    const failing = queue.run('a', () => Promise.reject(new Error('no ledger')));
    const held = [ask('b'), ask('c')];
    await expect(failing).rejects.toThrow('no ledger');
    await new Promise(setImmediate);
    expect(begun).toEqual(['b', 'c']);
    await end();
    await end();
    expect(await Promise.all(held)).toEqual(['b', 'c']);
  });
});
