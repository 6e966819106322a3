import { describe, expect, test } from '@jest/globals';
import { commitOnce } from './commit-once.js';

const REFUSED = new Error('requested sequence is 3, but new definition must be sequence 4');

/** A definition that another member commits at a moment of a test's choice, and that takes no second commit. */
function definition(approvals: readonly (readonly string[])[] = [[]]) {
  const left = [...approvals];
  const done: string[] = [];
  const seen = { committed: false, done };
  const unlessCommitted = (what: string) => {
    done.push(what);
    return seen.committed ? Promise.reject(REFUSED) : Promise.resolve();
  };
  return {
    seen,
    isCommitted: () => Promise.resolve(seen.committed),
    missing: async () => {
      await unlessCommitted('asked');
      return [...((left.length > 1 ? left.shift() : left[0]) ?? [])];
    },
    commit: async () => {
      await unlessCommitted('sent');
      seen.committed = true;
    },
  };
}

describe('a definition that several members may commit', () => {
  test('is committed as soon as the last approval is there', async () => {
    const task = definition([['LabMSP'], []]);
    expect(await commitOnce(task, 60_000)).toEqual([]);
    expect(task.seen.done).toEqual(['asked', 'asked', 'sent']);
  });

  test('names who has not approved when patience ends, and is not committed', async () => {
    const task = definition([['LabMSP', 'PayerMSP']]);
    expect(await commitOnce(task, 0)).toEqual(['LabMSP', 'PayerMSP']);
    expect(task.seen.committed).toBe(false);
  });

  test('is done where another member was first: before, while this one asks, and while it sends', async () => {
    const before = definition();
    before.seen.committed = true;
    expect(await commitOnce(before, 0)).toEqual([]);
    expect(before.seen.done).toEqual([]);
    for (const step of ['missing', 'commit'] as const) {
      const task = definition();
      const overtaken = async () => {
        task.seen.committed = true;
        return task[step]();
      };
      expect(await commitOnce({ ...task, [step]: overtaken }, 0)).toEqual([]);
    }
  });

  test('says what went wrong where it is not committed', async () => {
    const task = definition();
    const commit = () => Promise.reject(REFUSED);
    await expect(commitOnce({ ...task, commit }, 0)).rejects.toBe(REFUSED);
  });
});
