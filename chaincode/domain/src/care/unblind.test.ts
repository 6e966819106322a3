import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  context,
  definition,
  NOW,
  signed,
  therapy,
} from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import { mattersOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import { blinding, type Blinding } from '../nouns/blinding.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import {
  pharmacist,
  recordOf,
  releasePerson,
  signAll,
  written,
} from '../quality/annul-record.fixture.js';
import { decideReviewEmergencyAccess } from '../quality/review-emergency-access.js';
import { decideAssignArm } from '../therapy/assign-arm.js';
import { addMinutes } from '../values/time.js';
import { decideUnblind, unblind } from './unblind.js';

const BLINDED: Blinding = { arms: ['active', 'control'], unblindedGroup: ['pharmacist'] };
const blinded = { ...definition(), blinding: BLINDED };
const physician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const quality = actor('lab.quality', 'LabMSP', 'quality');
const COMMAND = command('', {}).id;

function assign(of = therapy(), process: ProcessDefinition = blinded, commitment = 'ARM') {
  return decideAssignArm(
    { therapy: of, definition: process },
    command(pharmacist.id, { coi: COI }, { annex: { arm: commitment } }),
    context(pharmacist),
  );
}

function unblindIn(
  of: Therapy,
  process: ProcessDefinition = blinded,
  by = physician,
  accesses: readonly EmergencyAccess[] = [],
) {
  const body = { coi: COI, reason: 'serious-adverse-event' } as const;
  return decideUnblind(
    { therapy: of, definition: process, accesses },
    command(by.id, body, { annex: { explanation: 'E' } }),
    context(by),
  );
}

function told({ effect, deviations, changes }: ReturnType<typeof assign>) {
  return {
    effect,
    codes: deviations.map(({ code, found }) => [code, found]),
    stopped: deviations.flatMap(({ subjects }) => subjects.map(({ ref }) => ref.kind)),
    therapy: changes.find((each): each is Therapy => each.noun === 'therapy'),
    access: changes.find((each): each is EmergencyAccess => each.noun === 'emergency-access'),
  };
}
const arm = {
  commitment: 'ARM',
  unblindedGroup: ['pharmacist'],
  assigned: signed('x'),
} satisfies Therapy['arm'];
const inArm = () => therapy({ arm });

describe('an arm', () => {
  test('is committed to, and known to the roles that the process names', () => {
    const { therapy: of, codes } = told(assign());
    expect(codes).toEqual([]);
    expect(of).toMatchObject({
      arm: {
        commitment: 'ARM',
        unblindedGroup: ['pharmacist'],
        assigned: { actor: pharmacist.id },
      },
    });
  });

  test('is assigned once: another assignment contradicts it, and nothing goes on until quality has looked', () => {
    const again = told(assign(inArm(), blinded, 'OTHER'));
    expect(again).toMatchObject({
      ...{ codes: [['ARM_ASSIGNED_TWICE', 'OTHER']], stopped: ['therapy'] },
      therapy: { arm, blockers: [{ code: 'ARM_ASSIGNED_TWICE' }] },
    });
  });

  test('is none in a process that is not blinded, which is said and stops nothing', () => {
    expect(told(assign(therapy(), definition()))).toMatchObject({
      ...{ codes: [['NOT_BLINDED', 'example 1.0']], stopped: [], therapy: undefined },
    });
  });

  test('that was assigned in error is nobody’s, and waits for quality’s look, by signature of two organisations', () => {
    const record = recordOf('therapy:AssignArm', pharmacist);
    const after = written(signAll([releasePerson, pharmacist], record, [inArm()]), 'therapy').at(
      -1,
    );
    expect(after).not.toHaveProperty('arm');
    expect(after?.blockers.map(({ code }) => code)).toEqual(['ENTERED_IN_ERROR']);
    const other = therapy({ arm: { ...arm, assigned: { ...signed('x'), command: COMMAND } } });
    expect(written(signAll([releasePerson, pharmacist], record, [other]), 'therapy')).toEqual([]);
  });

  test('is one of two or more, each named once, and known to nobody who treats the patient', () => {
    const takes = (said: object) => blinding.safeParse({ ...BLINDED, ...said }).success;
    expect(takes({})).toBe(true);
    expect(takes({ arms: ['active'] })).toBe(false);
    expect(takes({ arms: ['active', 'active'] })).toBe(false);
    for (const role of ['clinician', 'nurse', 'collector', 'patient', 'auditor'])
      expect([role, takes({ unblindedGroup: [role] })]).toEqual([role, false]);
  });
});

describe('emergency unblinding', () => {
  test('is the physician’s alone, at once, and says who and why', () => {
    const { therapy: of, access, codes } = told(unblindIn(inArm()));
    expect(codes).toEqual([]);
    const id = `U.${COMMAND}`;
    expect(access).toMatchObject({
      ...{ id, opens: 'arm', organisation: 'HospitalMSP', explanation: 'E' },
      opened: { actor: physician.id },
    });
    expect(access).not.toHaveProperty('until');
    const unblinded = [{ access: id, actor: physician.id, organisation: 'HospitalMSP' }];
    expect(of).toEqual({ ...inArm(), unblinded });
    expect([unblind.signature, unblind.annulling, unblind.kind]).toEqual(['own', 'never', 'fact']);
  });

  test('waits for no assignment, and lasts when the process is another one by then', () => {
    expect(told(unblindIn(therapy())).therapy?.unblinded).toHaveLength(1);
    expect(told(unblindIn(inArm(), definition())).therapy?.unblinded).toHaveLength(1);
  });

  test('of a process that is not blinded opens nothing, and says so', () => {
    expect(told(unblindIn(therapy(), definition()))).toMatchObject({
      ...{ codes: [['NOT_BLINDED', 'example 1.0']], stopped: [], access: undefined },
    });
  });

  test('said again by the same physician changes nothing, and another’s is another’s', () => {
    const once = told(unblindIn(inArm())).therapy ?? therapy();
    expect(told(unblindIn(once)).effect).toBe('none');
    const other = actor('hospital.clinician-2', 'HospitalMSP', 'clinician');
    const twice = told(unblindIn(once, blinded, other)).therapy?.unblinded;
    expect(twice?.map((each) => each.actor)).toEqual([physician.id, other.id]);
  });

  test('by whose last one was not justified is recorded as ever, and names that one', () => {
    const { access } = told(unblindIn(inArm()));
    if (!access) throw new Error('nothing was opened');
    const last = (finding: 'justified' | 'not-justified') => {
      const reviewed = { ...signed(quality.id), finding, investigation: 'I', overdueMinutes: 0 };
      return [{ ...access, id: 'U.before', reviewed }];
    };
    const again = (finding: 'justified' | 'not-justified', by = physician) =>
      told(unblindIn(inArm(), blinded, by, last(finding))).access;
    expect(again('not-justified')).toMatchObject({ repeats: ['U.before'] });
    expect(again('justified')).not.toHaveProperty('repeats');
    const other = actor('hospital.clinician-2', 'HospitalMSP', 'clinician');
    expect(again('not-justified', other)).not.toHaveProperty('repeats');
  });

  test('is reviewed by quality, and ends with a review by which it was not justified', () => {
    const { therapy: of, access } = told(unblindIn(inArm()));
    if (!of || !access) throw new Error('nothing was opened');
    const waits = waitsIn(mattersOf(honest(), { emergencyAccesses: [access] }));
    expect(waits.filter(({ noun }) => noun === 'emergency-access')).toMatchObject([
      { code: 'REVIEW_OWED', due: addMinutes(NOW, 72 * 60), except: [physician.id] },
    ]);
    const unblinded = [
      ...(of.unblinded ?? []),
      { access: 'o', actor: 'o', organisation: 'LabMSP' },
    ];
    const review = (finding: 'justified' | 'not-justified') =>
      written(
        decideReviewEmergencyAccess(
          { therapy: { ...of, unblinded }, definition: definition(), access },
          command(quality.id, { coi: COI, emergencyAccess: access.id, finding }),
          context(quality),
        ),
        'therapy',
      );
    expect(review('justified')).toEqual([]);
    expect(review('not-justified')).toMatchObject([{ unblinded: unblinded.slice(1), arm }]);
  });
});
