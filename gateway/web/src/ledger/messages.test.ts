import { describe, expect, test } from '@jest/globals';
import { messagesOf } from './messages.js';
import type { DataUse } from './uses.js';

const day = (number: number) => `2026-11-${number}T10:00:00.000Z`;
const step = (id: string, state: 'done' | 'now', at: string, atOnce = true) => ({
  ...{ id, state, at, atOnce, longer: true, role: 'lab' },
});
const asked = (stands: string, at: string) => ({
  ...{ purpose: 'RESEARCH', id: 'r-1', stands, scope: {}, requested: { at } },
});
const use = (kind: DataUse['kind'], at: string): DataUse => ({
  ...{ id: kind, kind, at, organisation: 'LabMSP', purposes: [], dataClasses: [], times: 1 },
});

describe('messages', () => {
  test('tell of what was done, asked, and of uses that no step is, the newest first', () => {
    const way = { steps: [step('collection', 'done', day(10)), step('pathology', 'now', day(20))] };
    const uses = [use('planned', day(10)), use('emergency', day(11))];
    const found = messagesOf(way, [asked('requested', day(12))], { uses });
    expect(found.map(({ kind, at }) => [kind, at])).toEqual([
      ['question', day(12)],
      ['use', day(11)],
      ['done', day(10)],
    ]);
  });

  test('leave what waits for a talk to the talk', () => {
    const way = { steps: [step('pathology', 'done', day(10), false)] };
    expect(messagesOf(way, [], { uses: [] })).toEqual([]);
  });

  test('ask nothing that was answered', () => {
    expect(messagesOf(undefined, [asked('given', day(12))], { uses: [] })).toEqual([]);
  });
});
