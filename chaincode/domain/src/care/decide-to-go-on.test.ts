import { describe, expect, test } from '@jest/globals';
import { ofDecision } from '../annulling/decision.js';
import { Things } from '../annulling/things.js';
import { actor, COI, command, consent, context, DIGEST, NOW, signed } from '../example.fixture.js';
import { readerOf } from '../commands/reader.fixture.js';
import { isDecidable } from '../gates/decided.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { HOLD, honest, lacking, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { mattersOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { classOf, DEVIATION_CODES } from '../values/deviation-codes.js';
import { CODES_IN_THE_WAY, CODES_OF_THE_ASKING } from '../values/reason-codes.js';
import { addMinutes } from '../values/time.js';
import {
  after,
  agreed,
  authorise,
  bag,
  begin,
  codes,
  decide,
  physician,
  releasePerson,
} from './decide-to-go-on.fixture.js';
import { decideGoingOn, decideToGoOn, readGoOnState } from './decide-to-go-on.js';

const { dose, bags } = CELL_THINGS;
const consents = [consent('given')];
const held = honestCells().change('item', dose, HOLD);

describe('after what cannot be undone', () => {
  test('a dose goes on once a physician and a release person have both signed for what stops it', () => {
    expect(codes(authorise(held))).toEqual(['ON_HOLD']);
    const first = decide(physician, held);
    expect(first).toMatchObject({
      changes: [{ noun: 'decision', missing: ['release-person'], decided: [{ code: 'ON_HOLD' }] }],
    });
    const half = after(held, first);
    expect(codes(authorise(half))).toEqual(['ON_HOLD']);
    expect(decide(releasePerson, half)).toMatchObject({
      changes: [{ missing: [], agreed: { actor: releasePerson.id } }],
    });
    expect(codes(authorise(agreed(held)))).toEqual(['permitted']);
  });

  test('so does the thaw, after the lymphodepletion', () => {
    const bagHeld = honestCells().change('item', bag, HOLD);
    expect(codes(begin(agreed(bagHeld, { item: bag }), 'preparation'))).toEqual(['permitted']);
  });

  test('what was decided is of that product, and of no other of the same batch', () => {
    const before = honestCells().change('item', CELL_THINGS.expanded, HOLD);
    const decided = agreed(before);
    expect(codes(authorise(decided))).toEqual(['permitted']);
    expect(codes(begin(decided, 'preparation'))).toEqual(['ON_HOLD']);
  });

  test('nobody decides before it', () => {
    const before = honestCells().without('step', 'lymphodepletion/1').change('item', bag, HOLD);
    expect(codes(decide(physician, before, { item: bag }))).toEqual(['STILL_REVERSIBLE']);
    const vaccine = honest().change('item', THINGS.dose, HOLD);
    expect(codes(decide(physician, vaccine, { item: THINGS.dose }))).toEqual(['STILL_REVERSIBLE']);
  });

  test.each<[string, Story, string]>([
    [
      'a recall',
      held.change('batch', 'batch-1', { recall: { ...signed('q'), reason: 'sterility' } }),
      'RECALLED',
    ],
    [
      'a missing certification',
      held.change('batch', 'batch-1', (each) => lacking(each, 'certification')),
      'BATCH_NOT_RELEASED',
    ],
    [
      'a failed check of safety',
      held.report('rcl-test/1', {
        verdicts: [{ check: 'replication-competent-lentivirus', verdict: 'fail' }],
      }),
      'CHECK_FAILED',
    ],
    [
      'a failed check of identity',
      held.report('identity-test/1', { verdicts: [{ check: 'str-concordance', verdict: 'fail' }] }),
      'CHECK_FAILED',
    ],
    [
      'a label of another',
      held.change('item', dose, {
        blockers: [{ kind: 'deviation', id: 'D1', code: 'LABEL_MISMATCH' }],
      }),
      'DEVIATION_OPEN',
    ],
  ])('%s stops still, and refuses both', (_why, story, code) => {
    expect(codes(decide(physician, story))).toContain(code);
    expect(codes(decide(releasePerson, story))).toContain(code);
  });

  test('a test whose result was set aside stops still where it is of identity or safety', () => {
    const setAside = (test: string) =>
      held.change('step', test, { blockers: [{ kind: 'rejected', id: 'D1', code: 'X' }] });
    const without = (test: string, check: string) =>
      held.report(test, { verdicts: [{ check, verdict: 'missing' }] });
    for (const test of ['identity-test/1', 'rcl-test/1', 'sterility-test/1'])
      for (const story of [setAside(test), held.without('step', test)])
        for (const by of [physician, releasePerson])
          expect([test, codes(decide(by, story))]).toEqual([test, ['NOT_TESTED']]);
    expect(codes(decide(physician, without('sterility-test/1', 'sterility')))).toContain(
      'NOT_TESTED',
    );
    expect(codes(authorise(agreed(setAside('potency-test/1'))))).toEqual(['permitted']);
  });

  test('the patient’s no stops still', () => {
    expect(codes(decide(physician, held, {}, { known: [consent('withdrawn')] }))).toContain(
      'CONSENT_DENIED',
    );
  });

  test('who is with the patient is checked at the bedside as ever', () => {
    const unchecked = held.without('verification', 'verification-hospital.nurse');
    expect(codes(authorise(agreed(unchecked)))).toContain('NOT_VERIFIED');
  });

  test('what comes after they signed is decided on anew', () => {
    const half = after(held, decide(physician, held));
    const worse = half.change('item', bags[0], HOLD);
    expect(codes(decide(releasePerson, worse))).toEqual(['OTHER_REQUEST']);
    expect(codes(authorise(agreed(held).change('item', bags[0], HOLD)))).toEqual(['ON_HOLD']);
  });

  test('stands on no half that stolen keys signed', async () => {
    const decidedThere = held.change('therapy', COI, { quality: releasePerson.organisation });
    const first = after(decidedThere, decide(physician, decidedThere));
    const half = first.find('decision', 'decision-1');
    const signatures = half.signatures.map((each) => ({ ...each, command: `${'B'.repeat(42)}A` }));
    const story = first.with({ ...half, signatures });
    const { process } = story.find('therapy', COI);
    const compromised = { at: NOW, by: 'x', reason: 'key-compromised', compromisedSince: NOW };
    const reader = readerOf(
      { ...physician, revocation: compromised },
      {
        ...{ noun: 'process', ...process, definition: story.definition },
        ...{ publishedBy: 'x', at: NOW },
      },
      ...consents,
      ...story.entities,
    );
    const body = decideToGoOn.body.parse({
      ...{ coi: COI, decision: 'decision-1', item: dose, continueAfterLapse: false },
    });
    const said = command(releasePerson.id, body, { annex: { explanation: DIGEST } });
    const state = await readGoOnState(reader, body, releasePerson.organisation);
    expect(codes(decideGoingOn(state, said, context(releasePerson)))).toEqual([
      'SUSPECT_SIGNATURE',
    ]);
  });

  test('two people sign the same, within the process’s minutes', () => {
    const half = after(held, decide(physician, held));
    expect(codes(decide(physician, half))).toEqual(['SAME_PERSON']);
    expect(codes(decide(releasePerson, half, { continueAfterLapse: true }))).toEqual([
      'OTHER_REQUEST',
    ]);
    const deputy = actor('hospital.deputy', 'HospitalMSP', 'clinician');
    expect(codes(decide(deputy, half))).toEqual(['NOT_ASKED_TO_SIGN']);
    expect(codes(decide(releasePerson, half, {}, { minutes: 61 }))).toContain('IDENTIFIER_TAKEN');
    const over = agreed(held).by((each) => ({ ...each, decisionMinutes: 5 }));
    expect(codes(authorise(over, 5))).toEqual(['permitted']);
    expect(codes(authorise(over, 6))).toContain('ON_HOLD');
  });

  test('a release person is of the organisation that decides, whatever roles a hospital grants', () => {
    const both = actor('hospital.both', 'HospitalMSP', 'clinician', 'release-person');
    const [first, deputy] = [
      decide(both, held),
      actor('hospital.deputy', 'HospitalMSP', 'clinician'),
    ];
    expect(first).toMatchObject({ changes: [{ missing: ['release-person'] }] });
    expect(codes(decide(deputy, after(held, first)))).toEqual(['NOT_ASKED_TO_SIGN']);
    const half = after(held, decide(physician, held));
    expect(codes(decide(both, half))).toEqual(['NOT_ASKED_TO_SIGN']);
  });

  test('another hold, of the same reason, is decided on anew', () => {
    const again = { blockers: [{ ...HOLD.blockers[0], id: 'hold-2' }] };
    const more = { blockers: [...HOLD.blockers, ...again.blockers] };
    for (const later of [again, more]) {
      expect(codes(authorise(agreed(held).change('item', dose, later)))).toEqual(['ON_HOLD']);
      const half = after(held, decide(physician, held)).change('item', dose, later);
      expect(codes(decide(releasePerson, half))).toEqual(['OTHER_REQUEST']);
    }
  });

  test('nothing is decided where nothing stands against it', () => {
    expect(codes(decide(physician, honestCells()))).toEqual(['NOTHING_TO_DECIDE']);
  });

  test('both are waited for, then the other one, then nobody', () => {
    const asked = (story: Story) =>
      waitsIn(mattersOf(story)).filter(({ options }) =>
        options.some(({ act }) => act === 'care:DecideToGoOn'),
      );
    expect(asked(held)).toMatchObject([
      {
        code: 'DECISION_OWED',
        options: [
          { organisation: 'HospitalMSP', roles: ['clinician'] },
          { organisation: 'ManufacturerMSP', roles: ['release-person'] },
        ],
      },
    ]);
    expect(asked(after(held, decide(physician, held)))).toMatchObject([
      { code: 'SIGNATURE_OWED', due: addMinutes(NOW, 60), except: [physician.id] },
    ]);
    expect(asked(agreed(held))).toEqual([]);
  });

  test('one of the two was an error: it is decided no more', () => {
    const story = agreed(held);
    if (ofDecision === 'never') throw new Error('a decision is annulled');
    const commandId = `${'C'.repeat(42)}A`;
    const record = recordOf('care:DecideToGoOn', physician, { commandId });
    const by = signed('manufacturer.reviewer');
    const { changes = [] } = ofDecision.undo(record, new Things([...story.entities]), by);
    expect(changes).toMatchObject([{ noun: 'decision', annulled: by }]);
    const undone = after(story, { decision: 'permitted', changes });
    expect(codes(authorise(undone))).toEqual(['ON_HOLD']);
  });

  test('time, what quality stopped and what is not done or settled yet is decided on, and nothing else', () => {
    expect(CODES_IN_THE_WAY.filter((code) => isDecidable({ code }))).toEqual([
      ...['DEVIATION_OPEN', 'EXPIRED', 'HAND_OFF_NOT_ACCEPTED', 'INVESTIGATION_MISSING'],
      ...['LOT_EXPIRED', 'NOT_TESTED', 'ON_HOLD', 'REJECTED', 'STEP_NOT_DONE'],
    ]);
    expect(CODES_OF_THE_ASKING.filter((code) => isDecidable({ code }))).toEqual([]);
  });

  test('deviations of identity and safety are none that somebody decides on', () => {
    for (const found of DEVIATION_CODES) {
      const stops = ['identity', 'safety'].includes(classOf(found));
      for (const code of ['DEVIATION_OPEN', 'REJECTED'] as const)
        expect([found, isDecidable({ code, found })]).toEqual([found, !stops]);
    }
  });
});
