import { describe, expect, test } from '@jest/globals';
import type { NextAct } from '../next/next-act.js';
import { WITHHELD } from './members.js';
import { circleOfTherapy, learnersIn, type Viewer } from './learners.js';
import { learnsNamesOfBoth, withoutNames } from './names.js';
import { nextToldTo } from './next.js';
import { isOwnRecord, sightOfRecordIn } from './records.js';
import { narrowest, tell, widest } from './sight.js';
import { sightOfAnnex, sightOfNoun } from './things.js';

const COI = 'H1234269000015';
const OTHER = 'H1234269000023';
const ITEM = 'H123426000021I';
const therapy = { kind: 'therapy', parties: ['A', 'B'], patient: 'patient-1' } as const;
const viewer = (organisation: string, ...roles: readonly string[]): Viewer => ({
  id: `${organisation}.somebody`,
  organisation,
  roles,
});
const item = {
  noun: 'item',
  id: ITEM,
  blockers: [
    { kind: 'deviation', id: 'D1', code: 'TEMPERATURE_EXCURSION' },
    { kind: 'deviation', id: 'D2', code: 'SPECIFICATION_FAILED' },
  ],
};

describe('somebody', () => {
  test('is to a therapy what their roles are in it, and an outsider to one in which they take no part', () => {
    expect(learnersIn(viewer('A', 'nurse', 'courier'), therapy)).toEqual(['staff', 'courier']);
    expect(learnersIn(viewer('C', 'nurse'), therapy)).toEqual(['outsider']);
    expect(learnersIn(viewer('C', 'auditor', 'quality'), therapy)).toEqual(['auditor']);
    expect(learnersIn(viewer('A', 'device-of-tomorrow'), therapy)).toEqual(['outsider']);
  });

  test('whom emergency access admits is staff, that one physician alone, until its time is over', () => {
    const until = '2026-11-23T12:00:00.000Z';
    const admitted = [{ access: 'access-1', actor: 'C.somebody', organisation: 'C', until }];
    const open = circleOfTherapy({ ...therapy, admitted }, '2026-11-23T11:59:59.999Z');
    const physician = viewer('C', 'clinician');
    expect(learnersIn(physician, open)).toEqual(['staff']);
    expect(learnersIn(physician, circleOfTherapy({ ...therapy, admitted }, until))).toEqual([
      'outsider',
    ]);
    expect(learnersIn({ ...physician, id: 'C.another' }, open)).toEqual(['outsider']);
    expect(learnersIn({ ...physician, organisation: 'D' }, open)).toEqual(['outsider']);
    expect(learnersIn(viewer('C', 'nurse'), open)).toEqual(['outsider']);
    expect(learnersIn({ ...physician, roles: ['clinician', 'auditor'] }, open)).toEqual([
      'auditor',
      'staff',
    ]);
  });

  test('who asks at a contract as a physician is told for one whom emergency access admits', () => {
    const at = '2026-11-23T11:00:00.000Z';
    const until = '2026-11-23T12:00:00.000Z';
    const admitted = [{ access: 'access-1', actor: 'C.somebody', organisation: 'C', until }];
    const open = circleOfTherapy({ ...therapy, admitted }, at);
    expect(learnersIn({ organisation: 'C', roles: ['clinician'] }, open)).toEqual(['staff']);
    for (const roles of [['nurse'], []]) {
      expect(learnersIn({ organisation: 'C', roles }, open)).toEqual(['outsider']);
    }
  });

  test('who is a patient learns of their own therapy as a patient, and of another none', () => {
    const patient = { id: 'patient-1', organisation: 'A', roles: ['patient', 'nurse'] };
    expect(learnersIn(patient, therapy)).toEqual(['patient']);
    expect(learnersIn({ ...patient, id: 'patient-2' }, therapy)).toEqual(['outsider']);
  });

  test('learns all that any of their roles is told, and of what belongs to several what each lets be told', () => {
    expect(widest(['nothing', ['blockers', 'reasons'], ['reasons']])).toEqual(['reasons']);
    expect(widest([['blockers'], 'whole'])).toBe('whole');
    expect(narrowest([['blockers'], 'whole', ['reasons']])).toEqual(['blockers', 'reasons']);
    expect(narrowest(['whole', 'nothing'])).toBe('nothing');
  });

  test('has what they signed themselves, and a patient what was decided about them', () => {
    const record = {
      type: 'registry:ReenrolPatient',
      actor: 'A.somebody',
      organisation: 'A',
      scope: { kind: 'patient', id: 'patient-1' },
      decision: 'permitted',
      changed: [],
      reasons: [],
    } as const;
    expect(sightOfRecordIn(viewer('A', 'courier'), record, [])).toBe('whole');
    const patient = { id: 'patient-1', organisation: 'A', roles: ['patient'] };
    expect(isOwnRecord(patient, record)).toBe(true);
    expect(isOwnRecord({ ...patient, id: 'patient-2' }, record)).toBe(false);
  });

  test('opens annexes as staff of a party or as the patient, and as nobody else', () => {
    const may = (each: Viewer) => sightOfAnnex(each, therapy, 'care:RecordOutcome') === 'whole';
    expect(may(viewer('A', 'lab'))).toBe(true);
    for (const role of ['courier', 'payer', 'registrar', 'auditor']) {
      expect([role, may(viewer('A', role))]).toEqual([role, false]);
    }
    expect(may(viewer('C', 'lab'))).toBe(false);
  });

  test('opens the arm to the unblinded group of the parties and to whom unblinding names, and to nobody else', () => {
    const told = {
      ...therapy,
      arm: {
        ...{ commitment: 'C', unblindedGroup: ['pharmacist' as const] },
        assigned: { actor: 'A.pharmacist', command: 'C', at: '', time: '' },
      },
      unblinded: [{ access: 'U', actor: 'A.somebody', organisation: 'A' }],
    };
    const blinded = circleOfTherapy(told, '2026-11-23T11:00:00.000Z');
    const may = (each: Viewer, circle = blinded) =>
      sightOfAnnex(each, circle, 'therapy:AssignArm') === 'whole';
    expect(may(viewer('B', 'pharmacist'))).toBe(true);
    expect(may(viewer('B', 'nurse', 'pharmacist'))).toBe(true);
    expect(may(viewer('A', 'clinician'))).toBe(true);
    expect(may({ organisation: 'A', roles: ['clinician'] })).toBe(true);
    for (const other of [
      { ...viewer('A', 'clinician'), id: 'A.another' },
      { ...viewer('B', 'clinician'), id: 'A.somebody' },
      ...['nurse', 'quality', 'sponsor', 'courier', 'payer', 'registrar'].map((each) =>
        viewer('A', each),
      ),
      viewer('C', 'pharmacist'),
      viewer('C', 'auditor'),
      { organisation: 'A', roles: [] },
      { id: 'patient-1', organisation: 'A', roles: ['patient', 'pharmacist'] },
    ])
      expect([other, may(other)]).toEqual([other, false]);
    expect(may(viewer('B', 'pharmacist'), circleOfTherapy(therapy, ''))).toBe(false);
    expect(sightOfAnnex(viewer('A', 'nurse'), blinded, 'care:RecordOutcome')).toBe('whole');
  });

  test('opens a printed name to the own house and to auditors', () => {
    const own = { kind: 'organisation', organisation: 'A' } as const;
    const may = (each: Viewer) => sightOfAnnex(each, own, 'registry:EnrolActor') === 'whole';
    expect([may(viewer('A', 'nurse')), may(viewer('A', 'registrar'))]).toEqual([true, true]);
    expect(may(viewer('C', 'auditor'))).toBe(true);
    expect([may(viewer('B', 'nurse')), may(viewer('A', 'courier'))]).toEqual([false, false]);
  });

  test('opens to a payer why it does not pay and on what an appeal rests, and nothing else', () => {
    const may = (each: Viewer, type: string) => sightOfAnnex(each, therapy, type) === 'whole';
    for (const type of ['billing:ReportDenial', 'billing:AnswerDenial']) {
      expect([may(viewer('A', 'payer'), type), may(viewer('A', 'courier'), type)]).toEqual([
        ...[true, false],
      ]);
      expect(may(viewer('C', 'payer'), type)).toBe(false);
    }
    for (const type of ['therapy:HaltTherapy', 'care:ReportAdverseEvent', 'care:RecordOutcome']) {
      expect(may(viewer('A', 'payer'), type)).toBe(false);
    }
  });
});

test('an administrator of a party, who asks a contract in no role, is told what staff is; of no party, nothing', () => {
  const administrator = { organisation: 'A', roles: [] };
  expect(sightOfNoun(administrator, 'item', therapy)).toBe('whole');
  expect(sightOfNoun({ ...administrator, organisation: 'Z' }, 'item', therapy)).toBe('nothing');
  expect(sightOfNoun({ ...administrator, id: 'somebody' }, 'item', therapy)).toBe('nothing');
});

describe('what a courier is told of a thing', () => {
  const sight = sightOfNoun(viewer('A', 'courier'), 'item', therapy);

  test('says that it is stopped and why its carrying is, and no other reason', () => {
    expect(tell(item, sight)).toEqual({
      ...item,
      blockers: [item.blockers[0], { ...item.blockers[1], code: WITHHELD }],
      withheld: ['blockers'],
    });
  });

  test('is the thing itself where nothing of it is withheld', () => {
    const carried = { ...item, blockers: item.blockers.slice(0, 1) };
    expect(tell(carried, sight)).toBe(carried);
  });
});

test('who carries or pays is not told when the patient wants the samples destroyed, nor that they said so', () => {
  const signed = { actor: 'patient-1', command: 'c', at: 't', time: 't' };
  const told = { coi: 'x', destruction: { ...signed, when: 'now' } };
  for (const role of ['courier', 'payer', 'registrar']) {
    const sight = sightOfNoun(viewer('A', role), 'therapy', therapy);
    expect(tell(told, sight)).toEqual({ coi: 'x', withheld: ['destruction'] });
    expect(tell({ coi: 'x' }, sight)).toEqual({ coi: 'x' });
  }
  expect(told.destruction.when).toBe('now');
  expect(tell(told, sightOfNoun(viewer('A', 'quality'), 'therapy', therapy))).toBe(told);
});

test('that there is an arm, and who was told it, is left out of what carriers and payers are told', () => {
  const told = { coi: 'x', arm: { commitment: 'C' }, unblinded: [{ access: 'U' }] };
  const seen = tell(told, sightOfNoun(viewer('A', 'courier'), 'therapy', therapy));
  expect(seen).toEqual({ coi: 'x', withheld: ['arm', 'unblinded'] });
});

describe('who is next', () => {
  const act = (
    noun: NextAct['noun'],
    subject: string,
    code: string,
    state: NextAct['state'] = 'stopped',
  ): NextAct => ({ state, noun, subject, code, since: '2026-11-22T12:00:00.000Z', asked: [] });
  const acts = [
    act('item', `item ${ITEM}`, 'NOT_HOLDER'),
    act('item', `item ${ITEM}`, 'release-tests', 'due'),
    act('item', `item ${ITEM}`, 'SAFETY_NOT_BY_DISPOSITION'),
    act('item', 'step release-tests/1', 'SAFETY_NOT_BY_DISPOSITION'),
    act('item', 'batch batch-1', 'NOT_REVIEWED'),
    act('record', 'step concordance/1', 'SUSPECT_SIGNATURE'),
    act('record', 'investigation INV-1', 'SUSPECT_SIGNATURE'),
    act('deviation', 'lot LNP-1', 'LOT_RECALLED'),
    act('annulment', 'command C', 'wrong-reference'),
  ];
  const told = (by: Viewer) => nextToldTo(by, therapy, { coi: COI, at: '', acts }).acts;

  test('is told a courier of what is carried, without what stands in its way or is the matter with what it was made of', () => {
    expect(told(viewer('A', 'courier'))).toEqual([
      acts[0],
      acts[1],
      { ...acts[2], code: WITHHELD },
    ]);
    expect(told(viewer('A', 'payer'))).toEqual([]);
  });

  test('is told a courier without who signed before, and to staff with them', () => {
    const half = {
      ...act('item', `item ${ITEM}`, 'NOT_HOLDER', 'due'),
      except: ['lab.technician'],
    };
    const toldOf = (by: Viewer) =>
      nextToldTo(by, therapy, { coi: COI, at: '', acts: [half] }).acts[0]?.except;
    expect(toldOf(viewer('A', 'courier'))).toBeUndefined();
    expect(toldOf(viewer('A', 'nurse'))).toEqual(['lab.technician']);
  });

  test('is told to staff and to the patient as it is', () => {
    expect(told(viewer('A', 'nurse'))).toEqual(acts);
    expect(told({ id: 'patient-1', organisation: 'A', roles: ['patient'] })).toEqual(acts);
  });
});

describe('a name of another therapy', () => {
  test('is told to quality of both therapies and to auditors', () => {
    expect(learnsNamesOfBoth(viewer('A', 'quality'), ['A', 'A'])).toBe(true);
    expect(learnsNamesOfBoth(viewer('A', 'quality'), ['A', 'B'])).toBe(false);
    expect(learnsNamesOfBoth(viewer('A', 'quality'), ['A', undefined])).toBe(false);
    expect(learnsNamesOfBoth(viewer('A', 'nurse'), ['A', 'A'])).toBe(false);
    expect(learnsNamesOfBoth(viewer('C', 'auditor'), ['A', 'B'])).toBe(true);
  });

  test('is withheld wherever in a thing it stands, also in a text, and what else stands there is told', () => {
    const found = { coi: COI, parents: [{ coi: OTHER, id: ITEM }], found: `item ${ITEM}, seal 7` };
    expect(withoutNames(found, new Set([OTHER, ITEM]))).toEqual({
      coi: COI,
      parents: [{ coi: WITHHELD, id: WITHHELD }],
      found: WITHHELD,
      withheld: ['found', 'parents'],
    });
    expect(withoutNames(found, new Set())).toBe(found);
  });
});
