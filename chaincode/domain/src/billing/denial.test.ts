import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, signed, therapy } from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import { mattersOf, toldOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { PermissionDecision } from '../commands/decision.js';
import type { Denial } from '../nouns/denial.js';
import { answerDenial, decideAnswerDenial } from './answer-denial.js';
import { decideAppeal, decideDecideAppeal } from './decide-appeal.js';
import { decideReportDenial, reportDenial } from './report-denial.js';

const payer = actor('payer.service', 'PayerMSP', 'payer');
const coordinator = actor('hospital.coordinator', 'HospitalMSP', 'coordinator');

const denied = (rest: Partial<Denial> = {}): Denial => ({
  ...{ noun: 'denial', coi: COI, id: 'denial-1', payer: 'PayerMSP', commitment: 'c' },
  reported: signed(payer.id),
  ...rest,
});
const appealed = denied({ answered: { ...signed(coordinator.id), answer: 'appeal' } });

function answer(denial: Denial | undefined, said: 'appeal' | 'accept', annex = {}) {
  const body = answerDenial.body.parse({ coi: COI, denial: 'denial-1', answer: said });
  const state = { therapy: therapy(), denial };
  return decideAnswerDenial(
    state,
    { ...command(coordinator.id, body), annex },
    context(coordinator),
  );
}

function decide(
  denial: Denial | undefined,
  by = payer,
  decision: 'upheld' | 'overturned' = 'upheld',
) {
  const body = decideAppeal.body.parse({ coi: COI, denial: 'denial-1', decision });
  return decideDecideAppeal({ therapy: therapy(), denial }, command(by.id, body), context(by));
}

const codes = (decision: PermissionDecision) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

const waiting = (denial: Denial) =>
  toldOf(waitsIn(mattersOf(honest(), { denials: [denial] }))).filter(
    (told) => told.includes('Denial') || told.includes('Appeal'),
  );

describe('a payer’s denial', () => {
  const say = (existing?: Denial, by = payer) =>
    decideReportDenial(
      { therapy: therapy(), existing },
      command(by.id, reportDenial.body.parse({ coi: COI, denial: 'denial-1', dose: 1 })),
      context(by),
    );

  test('is on record, and stops nothing', () => {
    const { changes, deviations } = say();
    expect(deviations).toEqual([]);
    expect(changes).toMatchObject([{ noun: 'denial', payer: 'PayerMSP', dose: 1 }]);
  });

  test('is said once, and its name is no other’s', () => {
    expect(say(denied()).changes).toEqual([]);
    const other = actor('payer.clerk', 'PayerMSP', 'payer');
    const { deviations, changes } = say(denied(), other);
    expect(deviations).toMatchObject([{ code: 'IDENTIFIER_TAKEN', subjects: [] }]);
    expect(changes).toEqual(deviations);
  });

  test('is appealed against on grounds, once, or accepted', () => {
    expect(codes(answer(undefined, 'accept'))).toEqual(['UNKNOWN_DENIAL']);
    expect(codes(answer(denied(), 'appeal'))).toEqual(['NO_GROUNDS']);
    expect(codes(answer(denied(), 'appeal', { appeal: 'commitment' }))).toEqual([]);
    expect(codes(answer(appealed, 'accept'))).toEqual(['ALREADY_ANSWERED']);
    const accepted = denied({ answered: { ...signed(coordinator.id), answer: 'accept' } });
    expect(codes(answer(accepted, 'appeal', { appeal: 'commitment' }))).toEqual([]);
  });

  test('is decided on by the payer that denied: upheld on an appeal, and overturned whenever it was a mistake', () => {
    expect(codes(decide(undefined))).toEqual(['UNKNOWN_DENIAL']);
    expect(codes(decide(denied()))).toEqual(['NO_APPEAL']);
    expect(codes(decide(appealed))).toEqual([]);
    const other = actor('other.payer', 'OtherMSP', 'payer');
    expect(codes(decide(appealed, other))).toEqual(['OTHER_PAYER']);
    const decided = { ...appealed, decided: { ...signed(payer.id), decision: 'upheld' as const } };
    expect(codes(decide(decided))).toEqual(['ALREADY_DECIDED']);
    for (const mistaken of [denied(), decided])
      expect(codes(decide(mistaken, payer, 'overturned'))).toEqual([]);
  });

  test('waits for the hospital, its appeal for the payer, and what is decided for nobody', () => {
    expect(waiting(denied())).toEqual([
      'PAYMENT_DENIED: AnswerDenial by coordinator/clinician of HospitalMSP, or AnswerDenial by coordinator of ManufacturerMSP',
    ]);
    expect(waiting(appealed)).toEqual(['APPEAL_OPEN: DecideAppeal by payer of PayerMSP']);
    const decided = { ...appealed, decided: { ...signed(payer.id), decision: 'upheld' as const } };
    expect(waiting(decided)).toEqual([]);
  });
});
