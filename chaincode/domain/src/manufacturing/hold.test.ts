import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  context,
  DIGEST,
  din,
  item,
  OTHER_COI,
  signed,
  therapy,
} from '../example.fixture.js';
import type { Reader } from '../commands/reader.js';
import type { Actor } from '../nouns/actor.js';
import type { Entity } from '../nouns/registry.js';
import type { Organisation } from '../nouns/organisation.js';
import type { SubjectRef } from '../nouns/subject.js';
import type { Role } from '../values/roles.js';
import type { LiftingRole } from '../values/words.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Hold } from '../nouns/hold.js';
import { decideDisposition } from './record-disposition.js';
import { decideReportDeviation } from './report-deviation.js';
import { decideLiftHold } from './lift-hold.js';
import { decidePlaceHold, type PlaceState, placeHold } from './place-hold.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const itemRef: SubjectRef = { kind: 'item', coi: COI, id: din(1) };
const deviation = { kind: 'deviation', id: 'D1', code: 'SEAL_MISMATCH' } as const;

const member = (id: string, ...grantable: Role[]): Organisation => ({
  noun: 'organisation',
  id,
  country: 'DE',
  grantable,
  registrars: [],
  standing: 'active',
});
const hospital = member('HospitalMSP', 'clinician', 'nurse');
const maker = member(therapy().quality, 'operator', 'quality', 'release-person');

function place(
  state: Partial<PlaceState>,
  subject = itemRef,
  hold = 'hold-1',
  liftedByRole: LiftingRole = 'clinician',
) {
  const body = placeHold.body.parse({
    coi: COI,
    hold,
    subject,
    reason: 'investigation',
    liftedByRole,
  });
  const held = therapy({ coi: state.subject?.coi ?? COI });
  const nothing = { therapy: therapy(), hold: undefined, subject: undefined };
  return decidePlaceHold(
    { ...nothing, held, parties: [hospital, maker], ...state },
    command(clinician.id, body),
    context(clinician),
  );
}

const never = () => Promise.reject(new Error('nothing of that is asked'));

/** A ledger on which an item of the example's therapy is. */
const HELD: Reader = {
  get: () => Promise.resolve(undefined),
  range: never,
  wholeTherapy: never,
  shared: never,
  therapy: () => Promise.resolve(therapy()),
  processOf: never,
  record: never,
  named: never,
  given: never,
  subject: () => Promise.resolve(item()),
};

const onlyHold = (changes: readonly Entity[]) =>
  changes.filter((each): each is Hold => each.noun === 'hold');

describe('a hold', () => {
  test('stands in the record of the thing that it stops', () => {
    const { changes, deviations } = place({ subject: item() });
    const blocker = { kind: 'hold', id: 'hold-1', code: 'investigation' } as const;
    expect(changes).toContainEqual(item({ blockers: [blocker] }));
    expect(onlyHold(changes)).toMatchObject([{ subject: itemRef, liftedByRole: 'clinician' }]);
    expect(deviations).toEqual([]);
  });

  test.each<[string, 'taken' | 'none', Actor]>([
    ['the quality that decides is a hold', 'taken', actor('lab.quality', 'LabMSP', 'quality')],
    ['another quality is an alarm', 'none', actor('hospital.quality', 'HospitalMSP', 'quality')],
    ['a physician is an alarm', 'none', clinician],
    ['a pharmacist is an alarm', 'none', actor('hospital.staff', 'HospitalMSP', 'pharmacist')],
  ])('by %s (B1)', async (_name, effect, by) => {
    const lifted = { reason: 'investigation', liftedByRole: 'quality' } as const;
    const body = { coi: COI, hold: 'hold-1', subject: itemRef, ...lifted };
    const envelope = { ...command(by.id, body), type: placeHold.type };
    const decided = await placeHold.prepare(envelope, DIGEST).decide(HELD, context(by));
    expect(decided).toMatchObject({ decision: 'recorded', effect });
    const written = decided.decision === 'recorded' ? decided.changes : [];
    const [noun, other] = effect === 'taken' ? ['hold', 'alarm'] : ['alarm', 'hold'];
    expect(written).toContainEqual(expect.objectContaining({ noun }));
    expect(written).not.toContainEqual(expect.objectContaining({ noun: other }));
  });

  test('on what the ledger does not know stops the whole therapy, and is lifted from it', () => {
    const { changes, deviations } = place({});
    expect(deviations).toMatchObject([{ code: 'UNKNOWN_SUBJECT' }]);
    expect(onlyHold(changes)).toMatchObject([{ subject: { kind: 'therapy', coi: COI } }]);
  });

  test('on what another therapy has, and the own organisation holds, stands there, and stops nothing here', () => {
    const foreign = item({ coi: OTHER_COI });
    const { changes, deviations } = place({ subject: foreign }, { ...itemRef, coi: OTHER_COI });
    expect(deviations).toMatchObject([
      { code: 'FOREIGN_SUBJECT', classification: 'critical', subjects: [] },
    ]);
    expect(onlyHold(changes)).toMatchObject([{ coi: OTHER_COI, subject: { coi: OTHER_COI } }]);
    const stopped = changes.filter((each) => 'blockers' in each);
    expect(stopped).toMatchObject([{ coi: OTHER_COI, blockers: [{ kind: 'hold' }] }]);
  });

  test('on what another therapy has, and others hold, is a claim there and no hold', () => {
    const foreign = item({
      coi: OTHER_COI,
      holder: { organisation: 'LabMSP', actor: 'lab.nurse' },
    });
    const decision = place({ subject: foreign }, { ...itemRef, coi: OTHER_COI });
    expect(decision.claims).toMatchObject([{ subject: { coi: OTHER_COI } }]);
    expect(decision.changes).toEqual(decision.deviations);
  });

  test('waits for nobody whom no party can be: where the role is wanting, the therapy’s quality lifts it', () => {
    const lifter = (parties: readonly Organisation[], role: LiftingRole) =>
      onlyHold(place({ subject: item(), parties }, itemRef, 'hold-1', role).changes)[0]
        ?.liftedByRole;
    expect(lifter([hospital, maker], 'safety-officer')).toBe('quality');
    expect(lifter([hospital, maker], 'release-person')).toBe('release-person');
    const elsewhere = { ...hospital, grantable: ['clinician', 'quality'] as const };
    const gone = { ...maker, standing: 'left' } as const;
    expect(lifter([elsewhere, gone], 'quality')).toBe('clinician');
  });

  test('of a name that is taken deviates, and the first stays', () => {
    const [hold] = onlyHold(place({ subject: item() }).changes);
    const again = place({ subject: item(), hold });
    expect(again.deviations).toMatchObject([{ code: 'IDENTIFIER_TAKEN' }]);
    expect(onlyHold(again.changes)).toEqual([]);
  });
});

describe('a deviation that somebody reports', () => {
  const report = (subject: PlaceState['subject']) =>
    decideReportDeviation(
      { therapy: therapy(), subject },
      command(clinician.id, {
        coi: COI,
        subject: { ...itemRef, coi: subject?.coi ?? COI },
        code: 'EQUIPMENT_FAULT' as const,
        classification: 'minor' as const,
      }),
      context(clinician),
    );

  test('stops what it is about', () => {
    const { deviations, changes } = report(item());
    expect(deviations).toMatchObject([{ code: 'EQUIPMENT_FAULT', subjects: [{ ref: itemRef }] }]);
    expect(changes).toMatchObject([{ noun: 'item' }, { noun: 'deviation' }]);
  });

  test('on another therapy’s thing says so, critically, and stops that thing and this therapy', () => {
    const { deviations, changes } = report(item({ coi: OTHER_COI }));
    expect(deviations).toMatchObject([
      { code: 'EQUIPMENT_FAULT', subjects: [{ ref: { kind: 'therapy', coi: COI } }] },
      { code: 'FOREIGN_SUBJECT', classification: 'critical', found: 'a thing of another therapy' },
    ]);
    const stopped = changes.filter((each) => 'blockers' in each);
    expect(stopped).toMatchObject([
      { noun: 'therapy', coi: COI, blockers: [{}, { code: 'FOREIGN_SUBJECT' }] },
      { noun: 'item', coi: OTHER_COI, blockers: [{ code: 'FOREIGN_SUBJECT' }] },
    ]);
  });

  test('on what the ledger does not know stops the therapy', () => {
    expect(report(undefined).deviations).toMatchObject([
      { code: 'EQUIPMENT_FAULT', subjects: [{ ref: { kind: 'therapy', coi: COI } }] },
    ]);
  });
});

describe('lifting a hold', () => {
  const placed = (name: string) => onlyHold(place({ subject: item() }, itemRef, name).changes)[0];
  const lift = (name: string, subject = item()) =>
    decideLiftHold(
      { therapy: therapy(), hold: placed(name), subject },
      command(clinician.id, { coi: COI, hold: name }),
      context(clinician),
    );

  test('leaves a deviation of the same name standing', () => {
    const stopped = item({
      blockers: [deviation, { kind: 'hold', id: 'D1', code: 'investigation' }],
    });
    const decided = lift('D1', stopped);
    expect(decided.decision).toBe('permitted');
    expect(decided).toMatchObject({ changes: [{ noun: 'hold' }, { blockers: [deviation] }] });
  });

  test('is refused when it is lifted already', () => {
    const [placedHold] = onlyHold(place({ subject: item() }).changes);
    const hold = placedHold && { ...placedHold, lifted: signed('x') };
    const decision = decideLiftHold(
      { therapy: therapy(), hold, subject: item() },
      command(clinician.id, { coi: COI, hold: 'hold-1' }),
      context(clinician),
    );
    expect(decision).toMatchObject({ decision: 'refused', reasons: [{ code: 'ALREADY_LIFTED' }] });
  });
});

describe('a disposition', () => {
  const open: Deviation = {
    noun: 'deviation',
    scope: { kind: 'therapy', id: COI },
    id: 'D1',
    code: 'SEAL_MISMATCH',
    classification: 'major',
    subjects: [{ ref: itemRef }, { ref: { kind: 'therapy', coi: COI } }],
    opened: signed('hospital.nurse'),
  };
  const other = { kind: 'deviation', id: 'D2', code: 'NOT_INTACT' } as const;
  const stopped = item({ blockers: [deviation, other] });
  const settle = (
    by: string,
    decision: 'permit-use' | 'reject',
    of: Deviation | undefined = open,
    subject: SubjectRef = itemRef,
  ) =>
    decideDisposition(
      { deviation: of, thing: stopped },
      command(by, { coi: COI, deviation: 'D1', subject, decision }),
      context(actor(by, 'ManufacturerMSP', 'quality')),
    );

  test('permits use after this deviation, not after others', () => {
    expect(settle('quality', 'permit-use')).toMatchObject({
      decision: 'permitted',
      changes: [
        { subjects: [{ disposition: { decision: 'permit-use' } }, { ref: { kind: 'therapy' } }] },
        { blockers: [other] },
      ],
    });
  });

  test('rejects what failed a check of identity, and permits its use never', () => {
    const identity: Deviation = { ...open, code: 'IDENTITY_CHECK_FAILED' };
    expect(settle('quality', 'permit-use', identity)).toMatchObject({
      decision: 'refused',
      reasons: [{ code: 'IDENTITY_NOT_BY_DISPOSITION' }],
    });
    expect(settle('quality', 'reject', identity)).toMatchObject({ decision: 'permitted' });
  });

  test('of one subject settles no other', () => {
    const decision = settle('quality', 'reject');
    const settled = decision.decision === 'permitted' ? decision.changes : [];
    expect(settled).toHaveLength(2);
    const told = settled.find((each) => each.noun === 'deviation');
    expect(told?.subjects[0]?.disposition?.decision).toBe('reject');
    expect(told?.subjects[1]).toEqual(open.subjects[1]);
  });

  test('is refused of what the deviation is not about', () => {
    expect(settle('quality', 'reject', open, { ...itemRef, id: din(2) })).toMatchObject({
      reasons: [{ code: 'SUBJECT_NOT_CONCERNED', expected: `item ${din(1)}, therapy ${COI}` }],
    });
  });

  test('rejects for good', () => {
    expect(settle('quality', 'reject')).toMatchObject({
      changes: [{}, { blockers: [{ ...deviation, kind: 'rejected' }, other] }],
    });
  });

  test('is not by who opened the deviation, nor given twice', () => {
    expect(settle('hospital.nurse', 'permit-use')).toMatchObject({
      reasons: [{ code: 'SAME_PERSON' }],
    });
    const disposition = { ...signed('quality'), decision: 'reject' as const };
    const settled = { ...open, subjects: [{ ref: itemRef, disposition }] };
    expect(settle('quality', 'permit-use', settled)).toMatchObject({
      reasons: [{ code: 'ALREADY_DISPOSED', found: 'reject' }],
    });
  });
});
