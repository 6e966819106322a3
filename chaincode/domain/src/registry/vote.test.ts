import { describe, expect, test } from '@jest/globals';
import { DIGEST } from '../example.fixture.js';
import {
  governanceOf,
  GRANT,
  grantState,
  memberIds,
  oneOf,
  proposalOf,
  propose,
  vote,
  written,
} from './governance.fixture.js';

const [first = '', second = '', third = '', fourth = ''] = memberIds(4);
const four = grantState(governanceOf(memberIds(4)));
const WEEK = 7 * 24 * 60;

const proposed = async () => proposalOf(await propose(first, GRANT, four));

describe('a proposal', () => {
  test('carries the proposer’s vote, says what it replaces, and changes nothing', async () => {
    const decision = await propose(first, GRANT, four);
    expect(written(decision).map(({ noun }) => noun)).toEqual(['proposal']);
    expect(proposalOf(decision)).toMatchObject({
      state: 'open',
      replaces: { grantable: ['lab'] },
      organisation: first,
      votes: [{ organisation: first, choice: 'approve' }],
      until: '2026-11-29T13:00:00.000Z',
    });
  });

  test('under a name that is taken is refused', async () => {
    expect(await propose(second, GRANT, four, await proposed())).toMatchObject({
      reasons: [{ code: 'PROPOSAL_EXISTS', found: first }],
    });
  });

  test('takes effect at once where nobody else has a vote', async () => {
    const alone = await propose(first, GRANT, grantState(governanceOf([first])));
    expect(oneOf(alone, 'organisation')).toMatchObject({ grantable: GRANT.grantable });
  });
});

describe('a vote', () => {
  test('of more than half brings the change into effect, exactly as it was stated', async () => {
    const half = vote(second, 'approve', await proposed(), four);
    expect(written(half).map(({ noun }) => noun)).toEqual(['proposal']);
    const carried = vote(third, 'approve', proposalOf(half), four);
    expect(proposalOf(carried)).toMatchObject({
      state: 'in-effect',
      decided: { actor: 'member2.registrar' },
      tally: { members: 4, needed: 3, approve: 3, reject: 0 },
    });
    expect(oneOf(carried, 'organisation')).toMatchObject({ grantable: ['lab', 'designer'] });
    expect(oneOf(carried, 'governance')).toMatchObject({ changes: 1 });
  });

  test('with which no more than half can approve rejects the proposal', async () => {
    const open = proposalOf(vote(second, 'reject', await proposed(), four));
    expect(open.state).toBe('open');
    const lost = vote(third, 'reject', open, four);
    expect(proposalOf(lost)).toMatchObject({ state: 'rejected', tally: { reject: 2 } });
    expect(written(lost)).toHaveLength(1);
  });

  test('is the organisation’s, whoever of its registrars gives it', async () => {
    const again = vote(first, 'approve', await proposed(), four, { by: 'member0.second' });
    expect(again).toMatchObject({
      decision: 'refused',
      reasons: [{ code: 'ALREADY_VOTED', found: 'approve by member0.registrar' }],
    });
  });

  test('may be another one until the proposal is decided, and takes the earlier one’s place', async () => {
    const { votes } = proposalOf(vote(first, 'reject', await proposed(), four));
    expect(votes).toMatchObject([{ organisation: first, choice: 'reject' }]);
  });

  test('counts by who is active when it is given', async () => {
    const two = proposalOf(vote(second, 'approve', await proposed(), four));
    const fewer = grantState(governanceOf(memberIds(4), { [fourth]: 'suspended' }));
    // of three who remain two approve already; the same vote again counts them anew
    expect(proposalOf(vote(second, 'approve', two, fewer))).toMatchObject({ state: 'in-effect' });
    const without = grantState(governanceOf(memberIds(4), { [first]: 'left' }));
    expect(proposalOf(vote(third, 'approve', two, without))).toMatchObject({
      state: 'in-effect',
      tally: { members: 3, approve: 2 },
    });
    const lone = grantState(governanceOf(memberIds(4), { [first]: 'left', [second]: 'left' }));
    expect(proposalOf(vote(third, 'approve', two, lone))).toMatchObject({ state: 'open' });
  });

  test('that was signed with compromised keys does not count, and may be given again', async () => {
    const two = proposalOf(vote(second, 'approve', await proposed(), four));
    const three = vote(third, 'approve', two, four, { suspects: [second] });
    expect(proposalOf(three)).toMatchObject({ state: 'open' });
    const renewed = vote(second, 'approve', proposalOf(three), four, { suspects: [second] });
    expect(proposalOf(renewed)).toMatchObject({ state: 'in-effect' });
  });

  test('on something that changed since it was proposed leaves the change undone', async () => {
    const two = proposalOf(vote(second, 'approve', await proposed(), four));
    const meanwhile = grantState(four.governance, { grantable: ['lab', 'quality'] });
    const stale = vote(third, 'approve', two, meanwhile);
    expect(written(stale)).toHaveLength(1);
    expect(proposalOf(stale)).toMatchObject({
      state: 'stale',
      reasons: [
        {
          code: 'CHANGED_MEANWHILE',
          expected: '{"grantable":["lab"]}',
          found: '{"grantable":["lab","quality"]}',
        },
      ],
    });
    const gone = { ...four, organisation: undefined };
    expect(proposalOf(vote(third, 'approve', two, gone))).toMatchObject({
      state: 'stale',
      reasons: [{ code: 'NOT_A_MEMBER' }, { code: 'CHANGED_MEANWHILE' }],
    });
  });

  test('is refused on nothing, on another change, when its time has passed, and once it is decided', async () => {
    const open = await proposed();
    expect(vote(second, 'approve', undefined, four)).toMatchObject({
      reasons: [{ code: 'NO_SUCH_PROPOSAL' }],
    });
    expect(vote(second, 'approve', open, four, { digest: DIGEST })).toMatchObject({
      reasons: [{ code: 'OTHER_CHANGE', expected: open.digest }],
    });
    expect(vote(second, 'approve', open, four, { minutes: WEEK - 1 }).decision).toBe('permitted');
    expect(vote(second, 'approve', open, four, { minutes: WEEK })).toMatchObject({
      reasons: [{ code: 'PROPOSAL_EXPIRED' }],
    });
    for (const state of ['in-effect', 'rejected', 'stale'] as const) {
      expect(vote(second, 'reject', { ...open, state }, four)).toMatchObject({
        reasons: [{ code: 'PROPOSAL_CLOSED', found: state }],
      });
    }
  });
});
