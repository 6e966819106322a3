import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST, therapy } from '../example.fixture.js';
import { decideOutcome, recordOutcome } from './record-outcome.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const codes = (decision: {
  readonly deviations: readonly { readonly code: string; readonly classification: string }[];
}) => decision.deviations.map(({ code, classification }) => `${classification} ${code}`);

describe('an outcome', () => {
  const body = { coi: COI, outcome: 'outcome-1' };
  const tell = (existing?: Parameters<typeof decideOutcome>[0]['existing']) =>
    decideOutcome(
      { therapy: therapy(), existing },
      command(nurse.id, body, { annex: { outcome: DIGEST } }),
      context(nurse),
    );

  test('tells its kind in the annex alone: nobody beside the parties learns of a death', () => {
    const named = { ...body, kind: 'death' };
    expect([body, named].map((each) => recordOutcome.body.safeParse(each).success)).toEqual([
      true,
      false,
    ]);
    const told = { kind: 'death', observations: [] };
    expect(recordOutcome.annexes[0]?.content.safeParse(told).success).toBe(true);
  });

  test('is a commitment, and its first telling stays', () => {
    const [outcome] = tell().changes;
    expect(outcome).toMatchObject({ noun: 'outcome', commitment: DIGEST });
    const again = tell(outcome?.noun === 'outcome' ? outcome : undefined);
    expect(codes(again)).toEqual(['minor IDENTIFIER_TAKEN']);
  });
});
