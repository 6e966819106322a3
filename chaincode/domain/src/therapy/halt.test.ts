import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  consent,
  context,
  definition,
  din,
  item,
  NOW,
  signed,
  step,
  therapy,
} from '../example.fixture.js';
import type { FactDecision } from '../commands/decision.js';
import type { Entity } from '../nouns/registry.js';
import type { Therapy } from '../nouns/therapy.js';
import {
  nurse,
  pharmacist,
  quality,
  recordOf,
  signAll,
  written,
} from '../quality/annul-record.fixture.js';
import type { Role } from '../values/roles.js';
import { addMinutes } from '../values/time.js';
import { disposalMethod } from '../values/words.js';
import { askForDestruction, decideAskForDestruction } from './ask-for-destruction.js';
import { closeTherapy, decideCloseTherapy } from './close.js';
import { ofHalter } from '../standing/halt.js';
import { decideHalt, haltTherapy, type HaltState } from './halt.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const patient = actor('patient-1', 'HospitalMSP', 'patient');
const asked = definition([
  step('sequencing', { consents: ['GENOMIC_SEQUENCING'] }),
  step('keeping', { consents: ['SAMPLE_RETENTION'] }),
]);

function halt(state: Partial<HaltState> = {}, by = clinician): FactDecision {
  const body = haltTherapy.body.parse({ coi: COI });
  return decideHalt(
    { therapy: therapy(), definition: asked, consents: [], proxies: [], ...state },
    { ...command(by.id, body), annex: { halt: 'commitment' } },
    context(by),
  );
}

const of = <N extends Entity['noun']>(noun: N, { changes }: FactDecision) =>
  changes.filter((each): each is Extract<Entity, { noun: N }> => each.noun === noun);

describe('who halts a therapy', () => {
  test('stops it in its own record, and only commits to why', () => {
    const [halted] = of('therapy', halt());
    expect(halted).toMatchObject({
      halts: [{ actor: clinician.id, commitment: 'commitment' }],
      blockers: [{ kind: 'halt', code: 'THERAPY_HALTED' }],
    });
  });

  test('ends the consents to the treatment, and no no, no keeping of samples and no other purpose', () => {
    const consents = [
      consent('given'),
      consent('requested', { purpose: 'GENOMIC_SEQUENCING', id: 'c-2' }),
      consent('withdrawn', { id: 'c-3' }),
      consent('given', { purpose: 'SAMPLE_RETENTION', id: 'c-4' }),
      consent('given', { purpose: 'RESEARCH', id: 'c-5' }),
      consent('given', { purpose: 'OOS_ADMINISTRATION', id: 'c-6' }),
    ];
    const ended = of('consent', halt({ consents }));
    expect(ended.map(({ purpose, state }) => [purpose, state])).toEqual([
      ['TREATMENT_MANUFACTURE', 'terminated'],
      ['GENOMIC_SEQUENCING', 'terminated'],
      ['OOS_ADMINISTRATION', 'terminated'],
    ]);
  });

  test('says it once; another’s word stands beside it', () => {
    const [halted] = of('therapy', halt());
    expect(of('therapy', halt({ therapy: halted ?? therapy() }))).toEqual([]);
    const other = actor('hospital.clinician-2', 'HospitalMSP', 'clinician');
    const [twice] = of('therapy', halt({ therapy: halted ?? therapy() }, other));
    expect(twice?.halts?.map((each) => each.actor)).toEqual([clinician.id, other.id]);
  });
});

describe('a halt that was entered in error', () => {
  const halted = of('therapy', halt())[0] ?? therapy();
  const mistaken = halted.halts?.[0]?.command ?? '';
  const record = recordOf('therapy:HaltTherapy', clinician, { commandId: mistaken });
  const annulled = (of: Therapy) =>
    written(signAll([quality, pharmacist], record, [of]), 'therapy').at(-1);

  test('leaves a therapy that waits for quality’s look', () => {
    const after = annulled({ ...halted, closed: signed(quality.id) });
    expect([after?.halts, after?.closed]).toEqual([undefined, undefined]);
    expect(after?.blockers.map(({ code }) => code)).toEqual(['ENTERED_IN_ERROR']);
  });

  test('takes the decisions on its things with it, so that a later halt begins their time anew', () => {
    const disposal = {
      ...signed(quality.id),
      decision: 'destroy',
      basis: 'purpose-ended',
    } as const;
    const [vial] = written(
      signAll([quality, pharmacist], record, [halted, item({ disposal })]),
      'item',
    );
    expect(vial).toMatchObject({ id: item().id });
    expect(vial).not.toHaveProperty('disposal');
  });

  test('leaves it halted where somebody else halted it too', () => {
    const other = { ...signed(nurse.id), command: `${'B'.repeat(42)}A`, commitment: 'other' };
    const id = `H.${other.command}`;
    const both = {
      ...halted,
      halts: [...(halted.halts ?? []), other],
      blockers: [...halted.blockers, { kind: 'halt' as const, id, code: 'THERAPY_HALTED' }],
    };
    const after = annulled(both);
    expect(after?.halts).toEqual([other]);
    expect(after?.blockers.map(({ code }) => code)).toEqual(['THERAPY_HALTED', 'ENTERED_IN_ERROR']);
  });
});

describe('the patient', () => {
  const say = (of: Therapy, when: 'now' | 'after-waiting') =>
    decideAskForDestruction(
      { therapy: of },
      command(patient.id, askForDestruction.body.parse({ coi: COI, when })),
      context(patient),
    );

  test('says when samples are destroyed of a halted therapy, and takes it back', () => {
    const halted = of('therapy', halt())[0] ?? therapy();
    const [now] = of('therapy', say(halted, 'now'));
    expect(now?.destruction).toMatchObject({ actor: patient.id, when: 'now' });
    const [later] = of('therapy', say(now ?? therapy(), 'after-waiting'));
    expect(later?.destruction?.when).toBe('after-waiting');
  });

  test('changes nothing of a therapy that goes on', () => {
    expect(say(therapy(), 'now')).toMatchObject({ decision: 'recorded', changes: [] });
  });
});

describe('a therapy is closed', () => {
  const halted = of('therapy', halt())[0] ?? therapy();
  const close = (of: Therapy, ...items: ReturnType<typeof item>[]) => {
    const decision = decideCloseTherapy(
      { therapy: of, items },
      command(quality.id, closeTherapy.body.parse({ coi: COI })),
      context(quality),
    );
    return decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];
  };
  const gone = (rest: Partial<NonNullable<ReturnType<typeof item>['disposed']>> = {}) =>
    item({
      custody: 'disposed',
      disposed: { ...signed(nurse.id), method: 'incinerated', reason: 'halted', ...rest },
    });

  test('when it was halted, and once', () => {
    expect(close(therapy())).toEqual(['NOT_HALTED']);
    expect(close(halted)).toEqual([]);
    expect(close({ ...halted, closed: signed(quality.id) })).toEqual(['ALREADY_CLOSED']);
  });

  test('when each of its things was destroyed, returned or put away, before a witness', () => {
    const disposal = { ...signed(quality.id), decision: 'retain', basis: 'inspection' } as const;
    expect(close(halted, item())).toEqual(['DISPOSAL_NOT_DECIDED']);
    expect(close(halted, item({ disposal }))).toEqual(['DISPOSAL_NOT_DONE']);
    for (const method of disposalMethod.options)
      expect(close(halted, gone({ method }))).toEqual(['DISPOSAL_NOT_WITNESSED']);
    const witnessed = { ...signed(quality.id), evidence: 'seen' };
    const before = addMinutes(NOW, -60);
    expect(
      close(
        halted,
        gone({ witnessed }),
        gone({ method: 'returned-to-patient', witnessed }),
        gone({ time: before }),
        item({ id: din(2), custody: 'consumed' }),
        item({ id: din(3), custody: 'lost' }),
      ),
    ).toEqual([]);
  });
});

test('a therapy is halted by the quality that decides, and by a party’s physician or safety officer', () => {
  const halts = (organisation: string, ...roles: readonly Role[]) =>
    ofHalter(therapy(), { actor: actor('somebody', organisation, ...roles) });
  expect(halts('LabMSP', 'quality')).toBe(true);
  expect(halts('HospitalMSP', 'clinician')).toBe(true);
  expect(halts('HospitalMSP', 'safety-officer', 'nurse')).toBe(true);
  expect(halts('HospitalMSP', 'nurse')).toBe(false);
  expect(halts('OtherMSP', 'clinician')).toBe(false);
});
