import { describe, expect, test } from '@jest/globals';
import { databaseLines, networkLines } from './upgrade-lines.js';

const state = { name: "the gateway's state", folder: '/v/state', to: 1, steps: ['forgets'] };

describe('what an upgrade tells at its end', () => {
  test('names the copies, and that they are to be removed', () => {
    expect(databaseLines([{ ...state, from: 0, copy: '/v/state.format-0' }], false)).toEqual([
      "the gateway's state in /v/state: format 1, was 0",
      '  as it was: /v/state.format-0',
      'Remove the copies once the gateway has proved itself: they hold what the steps took away.',
    ]);
  });

  test('says of what is not there that nothing is, so that a wrong home is seen', () => {
    expect(databaseLines([{ ...state, steps: [] }], false)).toEqual([
      "the gateway's state in /v/state: nothing is there yet",
      'nothing to do',
    ]);
  });

  test('names what gives a network what it lacks, which the command itself does not', () => {
    const lacking = { administration: ['hospital', 'lab'], running: true };
    expect(networkLines('/n', lacking).join('\n')).toMatch(
      /ordering nodes of hospital, lab\n {2}this command does not make it, as nodes run: '\S+ network down --home \/n', then '\S+ network up --home \/n' does$/u,
    );
    expect(networkLines('/n', { ...lacking, running: false })[1]).toBe(
      "  this command does not make it: 'veinledger network up --home /n' does",
    );
    expect(networkLines('/n', { administration: [], running: true })).toEqual([
      'the network in /n: as this version founds it',
    ]);
  });
});
