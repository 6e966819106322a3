import { describe, expect, test } from '@jest/globals';
import type { NamedItem } from '../nouns/named-item.js';
import {
  actor,
  attempt,
  batch,
  COI,
  command,
  consent,
  context,
  definition,
  design,
  din,
  item,
  OTHER_COI,
  report,
  sample,
  step,
  therapy,
} from '../example.fixture.js';
import { decideStartStep, startStep, type StartState } from './start-step.js';

const technician = actor('lab.technician', 'LabMSP', 'lab');
const HERE = { organisation: 'LabMSP', actor: technician.id };
const process = definition([
  step('pathology'),
  step('design', { attestedBy: 'manufacturing:ApproveDesign' }),
  step('certification', { attestedBy: 'manufacturing:CertifyBatch' }),
  step('extraction', {
    needs: ['pathology'],
    inputs: ['tumour'],
    consents: ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'],
  }),
  step('template', { needs: ['design'] }),
  step('packing', { needs: ['certification'] }),
]);
const own = (rest: Parameters<typeof item>[0] = {}): NamedItem => ({
  id: din(1),
  known: 'own',
  item: sample({ holder: HERE, ...rest }),
});
const done = attempt('pathology', { report: report('hospital.pathologist') });
const both = [consent('given'), consent('given', { purpose: 'GENOMIC_SEQUENCING', id: 'c-2' })];

function start(rest: Partial<StartState> = {}, name = 'extraction', by = technician) {
  const state: StartState = {
    therapy: therapy(),
    definition: process,
    existing: undefined,
    inputs: [own()],
    evidence: [done],
    design: undefined,
    batch: undefined,
    consents: both,
    suspects: [],
    ...rest,
  };
  const body = { coi: COI, step: name, attempt: 1, inputs: [din(1)], evidence: [] };
  return decideStartStep(state, command(by.id, startStep.body.parse(body)), context(by));
}

const codes = (decided: ReturnType<typeof start>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('a step', () => {
  test('starts when consent, evidence and inputs are there', () => {
    expect(start()).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'step',
          step: 'extraction',
          permission: { actor: technician.id, inputs: [din(1)] },
        },
      ],
    });
  });

  const hold = { kind: 'hold', id: 'hold-1', code: 'regulator' } as const;
  const stopped = { blockers: [hold] };

  test.each<[string, Partial<StartState>, string]>([
    ['under an attempt that was made', { existing: attempt('extraction') }, 'ATTEMPT_TAKEN'],
    ['without the first of its consents', { consents: both.slice(1) }, 'CONSENT_NOT_ACTIVE'],
    ['without the second of its consents', { consents: both.slice(0, 1) }, 'CONSENT_NOT_ACTIVE'],
    ['without evidence of what it needs', { evidence: [] }, 'STEP_NOT_DONE'],
    ['on a step that was only permitted', { evidence: [attempt('pathology')] }, 'STEP_NOT_DONE'],
    ['on a step that is on hold', { evidence: [{ ...done, ...stopped }] }, 'ON_HOLD'],
    ['in a therapy that is on hold', { therapy: therapy(stopped) }, 'ON_HOLD'],
    [
      'with an item that nobody registered',
      { inputs: [{ id: din(1), known: 'never' }] },
      'UNKNOWN_ITEM',
    ],
    [
      'with another patient’s item',
      { inputs: [{ id: din(1), known: 'foreign', item: item({ coi: OTHER_COI }) }] },
      'FOREIGN_ITEM',
    ],
    ['with an item that is on hold', { inputs: [own(stopped)] }, 'ON_HOLD'],
    ['with an item of another kind', { inputs: [own({ kind: 'vial' })] }, 'WRONG_KIND'],
    [
      'with an item that another member holds',
      { inputs: [own({ holder: { organisation: 'CourierMSP', actor: 'x' } })] },
      'NOT_HOLDER',
    ],
    [
      'with an item that is on its way',
      { inputs: [own({ custody: 'in-transit' })] },
      'NOT_IN_CUSTODY',
    ],
    [
      'with a sample that one person took alone',
      { inputs: [own({ collected: { by: 'a', occasion: 'b' } })] },
      'COLLECTION_NOT_CONFIRMED',
    ],
  ])('is refused %s', (_name, rest, code) => {
    expect(codes(start(rest))).toEqual([code]);
  });

  test('is refused to a role that the process does not name', () => {
    const operator = actor('lab.operator', 'LabMSP', 'operator');
    expect(codes(start({}, 'extraction', operator))).toEqual(['STEP_ROLE']);
  });

  test('is refused when it is no step that is started', () => {
    expect(codes(start({}, 'design'))).toEqual(['UNKNOWN_STEP']);
    expect(codes(start({}, 'dancing'))).toEqual(['UNKNOWN_STEP']);
  });

  test('needs the design’s approval and the batch’s certification where the process says so', () => {
    const unapproved = design();
    Reflect.deleteProperty(unapproved, 'approved');
    const uncertified = batch();
    Reflect.deleteProperty(uncertified, 'certification');
    const none = { inputs: [] };
    expect(codes(start({ ...none, design: design() }, 'template'))).toEqual(['permitted']);
    expect(codes(start({ ...none, design: unapproved }, 'template'))).toEqual([
      'DESIGN_NOT_APPROVED',
    ]);
    expect(codes(start(none, 'template'))).toEqual(['DESIGN_NOT_APPROVED']);
    expect(codes(start({ ...none, design: design(stopped) }, 'template'))).toEqual(['ON_HOLD']);
    expect(codes(start({ ...none, batch: batch() }, 'packing'))).toEqual(['permitted']);
    expect(codes(start({ ...none, batch: uncertified }, 'packing'))).toEqual([
      'BATCH_NOT_RELEASED',
    ]);
    expect(codes(start({ ...none, batch: batch(stopped) }, 'packing'))).toEqual(['ON_HOLD']);
  });
});
