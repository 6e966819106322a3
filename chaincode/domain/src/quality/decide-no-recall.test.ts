import { describe, expect, test } from '@jest/globals';
import { commandOf, failedLate, recalled, signedLater } from '../alerts/given.fixture.js';
import { actor, COI, command, context, NOW } from '../example.fixture.js';
import { honest, type Story } from '../graph/honest-therapy.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { RecallDecision } from '../nouns/recall-decision.js';
import { addMinutes } from '../values/time.js';
import { decideDecideNoRecall } from './decide-no-recall.js';

const releasePerson = actor('manufacturer.release-person', 'ManufacturerMSP', 'release-person');
const reviewer = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');
const tester = actor('manufacturer.tester', 'ManufacturerMSP', 'quality');

const CERTIFIED = honest().change('therapy', COI, { quality: 'ManufacturerMSP' });
const LATE = failedLate('sterility', 60, CERTIFIED);
const SIGNED: RecallDecision = {
  noun: 'recall-decision',
  coi: COI,
  batch: 'batch-1',
  step: 'release-tests',
  attempt: 1,
  signatures: [
    {
      ...signedLater(releasePerson.id, 90),
      organisation: 'ManufacturerMSP',
      roles: ['release-person'],
      investigation: commandOf('I'),
    },
  ],
  missing: [{ organisation: 'ManufacturerMSP', roles: ['quality'] }],
};

function sign(by: Actor, story: Story = LATE, rest: { readonly batch?: string } = {}) {
  const body = { coi: COI, batch: 'batch-1', step: 'release-tests', attempt: 1, ...rest };
  const annex = { investigation: commandOf('J') };
  return decideDecideNoRecall(
    { whole: story.whole() },
    command(by.id, body, { annex }),
    context(by, { transactionTime: addMinutes(NOW, 120) }),
  );
}
const codes = (decision: ReturnType<typeof sign>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

describe('that a batch is not recalled although a check failed late', () => {
  test('is decided when release person and quality have both signed', () => {
    expect(sign(releasePerson)).toMatchObject({
      decision: 'permitted',
      changes: [{ noun: 'recall-decision', missing: [{ roles: ['quality'] }] }],
    });
    expect(sign(releasePerson)).not.toHaveProperty('changes.0.decided');
    expect(sign(reviewer, LATE.with(SIGNED))).toMatchObject({
      changes: [
        {
          missing: [],
          decided: { actor: reviewer.id },
          signatures: [{ investigation: commandOf('I') }, { investigation: commandOf('J') }],
        },
      ],
    });
  });

  test('is not signed by one person twice, nor by one who is not asked any more', () => {
    expect(codes(sign(releasePerson, LATE.with(SIGNED)))).toEqual(['SAME_PERSON']);
    const both = actor(releasePerson.id, 'ManufacturerMSP', 'release-person', 'quality');
    expect(codes(sign(both, LATE.with(SIGNED)))).toEqual(['SAME_PERSON']);
    const other = actor('manufacturer.other', 'ManufacturerMSP', 'release-person');
    expect(codes(sign(other, LATE.with(SIGNED)))).toEqual(['NOT_ASKED_TO_SIGN']);
  });

  test('is decided once', () => {
    const decided = { ...SIGNED, missing: [], decided: signedLater(reviewer.id, 100) };
    expect(codes(sign(tester, LATE.with(decided)))).toEqual(['ALREADY_DECIDED']);
  });

  test('is signed anew by both when the check has failed once more since', () => {
    const again = failedLate('sterility', 100, CERTIFIED).with(SIGNED);
    expect(sign(releasePerson, again)).toMatchObject({
      changes: [{ signatures: [{ investigation: commandOf('J') }] }],
    });
  });

  test.each([
    ['nothing failed late', CERTIFIED, {}, 'NOTHING_TO_DECIDE'],
    ['only a check of quality did', failedLate('potency', 60, CERTIFIED), {}, 'NOTHING_TO_DECIDE'],
    ['it is recalled', recalled(LATE), {}, 'RECALLED'],
    ['nobody recorded it', LATE, { batch: 'batch-9' }, 'UNKNOWN_BATCH'],
  ])('is nothing to sign where %s', (_name, story, rest, code) => {
    expect(codes(sign(releasePerson, story, rest))).toEqual([code]);
  });
});
