import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  governanceOf,
  GRANT,
  grantState,
  memberIds,
  proposalOf,
  propose,
  vote,
  written,
} from './governance.fixture.js';

interface Said {
  readonly member: number;
  readonly choice: 'approve' | 'reject';
  readonly registrar: 'registrar' | 'second';
}

const said: fc.Arbitrary<Said> = fc.record({
  member: fc.nat(8),
  choice: fc.constantFrom('approve', 'approve', 'reject'),
  registrar: fc.constantFrom('registrar', 'second'),
});

describe('in whatever order members vote', () => {
  test('a change takes effect with the vote that makes more than half, and with none before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.array(said, { maxLength: 24 }),
        async (count, votes) => {
          const ids = memberIds(count);
          const state = grantState(governanceOf(ids));
          const [proposer = ''] = ids;
          let decided = await propose(proposer, GRANT, state);
          // the rule as the design says it, counted out beside the decision
          const ballots = new Map([[proposer, 'approve']]);
          const approvals = () => [...ballots.values()].filter((each) => each === 'approve').length;
          const tookEffect = () => written(decided).some(({ noun }) => noun === 'organisation');
          expect(tookEffect()).toBe(approvals() * 2 > count);
          let proposal = proposalOf(decided);
          for (const { member, choice, registrar } of votes) {
            const id = ids[member % count] ?? '';
            const by = `${id}.${registrar}`.toLowerCase();
            const closed = proposal.state !== 'open';
            const repeated = ballots.get(id) === choice;
            decided = vote(id, choice, proposal, state, { by });
            expect(decided.decision).toBe(closed || repeated ? 'refused' : 'permitted');
            if (closed || repeated) {
              expect(written(decided)).toEqual([]);
              continue;
            }
            ballots.set(id, choice);
            proposal = proposalOf(decided);
            expect(tookEffect()).toBe(approvals() * 2 > count);
            expect(proposal.votes).toHaveLength(ballots.size);
            const against = [...ballots.values()].filter((each) => each === 'reject').length;
            const canPass = (count - against) * 2 > count;
            const expected = tookEffect() ? 'in-effect' : canPass ? 'open' : 'rejected';
            expect(proposal.state).toBe(expected);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
