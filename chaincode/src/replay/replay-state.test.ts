import { describe, expect, test } from '@jest/globals';
import { ReplayState } from './replay-state.js';

const VERSION = { block: 0, transaction: 0 };

function stateOf(...keys: readonly string[]): ReplayState {
  const state = new ReplayState();
  state.apply(
    keys.map((key) => ({ key, value: key })),
    VERSION,
  );
  return state;
}

const keysOf = (found: readonly { readonly key: string }[]) => found.map(({ key }) => key);

describe('the state of a replay', () => {
  test('gives a prefix’s keys in the order of their UTF-8 bytes', async () => {
    const state = stateOf('p\u{1F600}', 'p\uFFFD', 'q', 'pa', 'p', 'o');
    expect(keysOf(await state.range('p'))).toEqual(['pa', 'p\uFFFD', 'p\u{1F600}']);
  });

  test('gives a range up to its end, and without an end all that follows', () => {
    const state = stateOf('a', 'b', 'c');
    expect(keysOf(state.between('a', 'c'))).toEqual(['a', 'b']);
    expect(keysOf(state.between('b', ''))).toEqual(['b', 'c']);
  });

  test('forgets what was deleted', async () => {
    const state = stateOf('a', 'b');
    state.apply(
      [
        { key: 'a', value: null },
        { key: 'x', value: null },
      ],
      VERSION,
    );
    expect(await state.get('a')).toBeUndefined();
    expect(state.size).toBe(1);
    expect(keysOf(state.between('', ''))).toEqual(['b']);
  });

  test('has one digest, whatever the order in which it was written', () => {
    expect(stateOf('a', 'b').digest()).toBe(stateOf('b', 'a').digest());
    expect(stateOf('a', 'b').digest()).not.toBe(stateOf('a', 'c').digest());
  });
});
