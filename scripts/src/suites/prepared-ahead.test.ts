import { describe, expect, test } from '@jest/globals';
import { preparedAhead } from './prepared-ahead.js';

/** Preparations that say when they begin. */
function noted(names: readonly string[], begun: string[]): (() => Promise<string>)[] {
  return names.map((name) => () => {
    begun.push(name);
    return Promise.resolve(name);
  });
}

describe('what is prepared ahead', () => {
  test('comes in order; while one is used, the next two are prepared and no more', async () => {
    const begun: string[] = [];
    const used: string[] = [];
    for await (const name of preparedAhead(noted(['a', 'b', 'c', 'd'], begun))) {
      await new Promise(setImmediate);
      used.push(`${name} of ${begun.join('')}`);
    }
    expect(used).toEqual(['a of abc', 'b of abcd', 'c of abcd', 'd of abcd']);
  });

  test('fails when its turn comes, and keeps nothing else from being prepared', async () => {
    const begun: string[] = [];
    const failing = () => Promise.reject(new Error('no Go'));
    const [first, last] = noted(['first', 'last'], begun);
    if (first === undefined || last === undefined) throw new Error('expected two');
    const used: string[] = [];
    const using = async () => {
      for await (const name of preparedAhead([first, failing, last])) {
        await new Promise(setImmediate);
        used.push(name);
      }
    };
    await expect(using()).rejects.toThrow('no Go');
    expect([used, begun]).toEqual([['first'], ['first', 'last']]);
  });
});
