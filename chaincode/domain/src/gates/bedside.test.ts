import { describe, expect, test } from '@jest/globals';
import { COI, din, NOW, signed, verification } from '../example.fixture.js';
import { codesOf, honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Verification } from '../nouns/verification.js';
import type { Role } from '../values/roles.js';
import { addMinutes, instantOf, milliseconds } from '../values/time.js';
import { reasonsOfBedside, reasonsOfMismatches, unansweredChecks } from './bedside.js';

const nurse = verification('hospital.nurse');
const second = verification('hospital.clinician');

function bare(): Story {
  return honest().without('verification', nurse.id).without('verification', second.id);
}

const check = (verifications: readonly Verification[], time = NOW, story = bare()) =>
  codesOf(
    reasonsOfBedside(
      story.with(...verifications).whole(),
      THINGS.dose,
      verifications.map(({ id }) => id),
      time,
    ),
  );
const signedAt = (each: Verification, at: string, time: string): Verification => ({
  ...each,
  by: { ...each.by, at, time },
});
const byPharmacist = (each: Verification): Verification => ({
  ...each,
  by: { ...each.by, roles: ['pharmacist'] },
});

describe('identity at the bedside', () => {
  test('is verified by two staff who read the wristband', () => {
    expect(check([nurse, second])).toEqual([]);
  });

  test('stays verified for 15 minutes, and not a millisecond longer', () => {
    const until = addMinutes(NOW, 15);
    expect(check([nurse, second], until)).toEqual([]);
    expect(check([nurse, second], instantOf(milliseconds(until) + 1))).toEqual([
      'NOT_VERIFIED',
      'TOKEN_NOT_READ',
    ]);
  });

  test('is not verified by checks of five hours ago that were entered now', () => {
    const old = addMinutes(NOW, -300);
    expect(check([nurse, second].map((each) => signedAt(each, old, NOW)))).toEqual([
      'NOT_VERIFIED',
      'TOKEN_NOT_READ',
    ]);
  });

  test('is not verified longer by a check that says it was made later', () => {
    const ahead = signedAt(second, addMinutes(NOW, 2), NOW);
    expect(check([signedAt(nurse, addMinutes(NOW, 2), NOW), ahead], addMinutes(NOW, 16))).toEqual([
      'NOT_VERIFIED',
      'TOKEN_NOT_READ',
    ]);
  });

  test('is not verified when one of the two checks is too old', () => {
    expect(check([nurse, signedAt(second, addMinutes(NOW, -16), NOW)])).toEqual(['NOT_VERIFIED']);
    const entered = addMinutes(NOW, -16);
    expect(check([nurse, signedAt(second, entered, entered)])).toEqual(['NOT_VERIFIED']);
  });

  test('is not verified by one person, however often, with a device or without', () => {
    const again = { ...nurse, id: 'verification-2' };
    expect(check([nurse, again])).toEqual(['NOT_VERIFIED']);
    const device = { ...signed('hospital.scanner'), principal: 'hospital.nurse' };
    const byDevice = { ...again, by: { ...device, roles: ['nurse' as const] } };
    const witnessed = [nurse, byDevice].map((each) => ({ ...each, token: 'witnessed' as const }));
    expect(check(witnessed)).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
  });

  test('is not verified by one check that is named twice', () => {
    const whole = bare().with(nurse).whole();
    const reasons = reasonsOfBedside(whole, THINGS.dose, [nurse.id, nurse.id], NOW);
    expect(codesOf(reasons)).toEqual(['NOT_VERIFIED']);
  });

  test('is verified by staff of the roles that the process names for it, and by nobody else', () => {
    const by = (each: Verification, ...roles: readonly Role[]): Verification => ({
      ...each,
      by: { ...each.by, roles },
    });
    expect(check([nurse, by(second, 'pharmacist', 'clinician')])).toEqual([]);
    expect(check([nurse, by(second, 'pharmacist')])).toEqual(['NOT_VERIFIED']);
    expect(check([by(nurse, 'pharmacist'), { ...second, token: 'device' }])).toEqual([
      'NOT_VERIFIED',
      'TOKEN_NOT_READ',
    ]);
    const whole = bare().with(nurse).whole();
    const [reason] = reasonsOfBedside(whole, THINGS.dose, [nurse.id], NOW);
    expect(reason).toMatchObject({
      expected: 'two staff at the bedside, clinician or nurse',
      found: '1',
    });
  });

  test('is verified by any two staff where the process names nobody who may make the check', () => {
    const naming = (...roles: readonly Role[]) =>
      bare()
        .with(nurse, { ...second, by: { ...second.by, roles: ['pharmacist'] } })
        .by((definition) => ({
          ...definition,
          steps: definition.steps.flatMap((step) => {
            if (step.attestedBy !== 'care:VerifyBedside') return [step];
            return roles.length > 0 ? [{ ...step, roles }] : [];
          }),
        }))
        .whole();
    const against = (...roles: readonly Role[]) =>
      reasonsOfBedside(naming(...roles), THINGS.dose, [nurse.id, second.id], NOW);
    expect(against('nurse')).toMatchObject([{ code: 'NOT_VERIFIED', found: '1' }]);
    for (const roles of [[], ['pathologist'], ['patient']] as const)
      expect(against(...roles)).toEqual([]);
  });

  test('is not verified by one of the staff and the patient', () => {
    expect(check([nurse, verification('patient-1', { token: 'device' })])).toEqual([
      'NOT_VERIFIED',
    ]);
  });

  test('is not verified by checks that the ledger does not hold', () => {
    const whole = bare().with(nurse).whole();
    const named = reasonsOfBedside(whole, THINGS.dose, ['verification-9', nurse.id], NOW);
    expect(codesOf(named)).toEqual(['NOT_VERIFIED']);
    expect(check([])).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
  });

  describe('needs the patient’s own token', () => {
    const by = (token: Verification['token']) =>
      [nurse, second].map((each) => ({ ...each, token }));

    test('a wristband that one of the staff read', () => {
      expect(check([nurse, { ...second, token: 'witnessed' }])).toEqual([]);
    });

    test('or the device, by which the patient signed: the staff’s word for it is not enough', () => {
      expect(check(by('device'))).toEqual(['TOKEN_NOT_READ']);
      expect(check([...by('device'), verification('patient-1', { token: 'device' })])).toEqual([]);
    });

    test('or two witnesses, where neither can be read', () => {
      expect(check(by('witnessed'))).toEqual([]);
      const twice = [1, 2].map((time) => ({
        ...verification('hospital.nurse', { id: `verification-${time}` }),
        token: 'witnessed' as const,
      }));
      expect(check([...twice, { ...second, token: 'device' }])).toEqual(['TOKEN_NOT_READ']);
      expect(
        check([
          { ...nurse, token: 'witnessed' },
          { ...second, token: 'device' },
        ]),
      ).toEqual(['TOKEN_NOT_READ']);
    });
  });

  test('fails when one check found another patient, label or product, beside two that match', () => {
    const third = verification('hospital.pharmacist', { item: din(8) });
    expect(check([nurse, second, third])).toEqual(['IDENTITY_MISMATCH']);
    const before = addMinutes(NOW, -1);
    const mismatch = signedAt({ ...third, item: din(9), matches: false }, before, before);
    expect(check([nurse, second, mismatch])).toEqual(['IDENTITY_MISMATCH']);
  });

  test('is not verified afresh by checks from before a mismatch that are entered after it', () => {
    const then = addMinutes(NOW, -5);
    const mismatch = verification('hospital.pharmacist', { matches: false });
    const after = bare().with(signedAt(mismatch, then, then));
    const late = [nurse, second].map((each) => signedAt(each, addMinutes(NOW, -8), NOW));
    expect(check(late, NOW, after)).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
    const offline = bare().with(signedAt(mismatch, then, addMinutes(NOW, 60)));
    const since = [nurse, second].map((each) =>
      signedAt(each, addMinutes(NOW, -1), addMinutes(NOW, 61)),
    );
    expect(check(since, NOW, offline)).toEqual([]);
  });

  test('is verified afresh by both after a mismatch, whether the physician names that or not', () => {
    const at = (minutes: number, each: Verification) => {
      const time = addMinutes(NOW, minutes);
      return signedAt(each, time, time);
    };
    const mismatch = at(-2, verification('hospital.pharmacist', { matches: false }));
    const after = bare().with(mismatch);
    expect(check([at(-1, nurse), at(-1, second)], NOW, after)).toEqual([]);
    expect(check([at(-3, nurse), at(-1, second)], NOW, after)).toEqual(['NOT_VERIFIED']);
    expect(check([at(-3, nurse), at(-3, second)], NOW, after)).toEqual([
      'NOT_VERIFIED',
      'TOKEN_NOT_READ',
    ]);
  });

  test('is told apart from another patient’s in words, without a name of what was scanned', () => {
    const found = (rest: Partial<Verification>) => {
      const wrong = verification('hospital.pharmacist', rest);
      const whole = bare().with(wrong).whole();
      return reasonsOfBedside(whole, THINGS.dose, [wrong.id], NOW)[0]?.found;
    };
    expect(found({ item: din(8), matches: false })).toBe('another item');
    expect(found({ matches: false })).toBe('another patient or label');
  });

  test('neither rests on what was entered in error nor fails by it', () => {
    const annulled = signed('manufacturer.quality');
    const mismatch = verification('hospital.pharmacist', { matches: false, annulled });
    expect(check([nurse, second, mismatch])).toEqual([]);
    expect(check([nurse, second], NOW, bare().with(mismatch))).toEqual([]);
    expect(check([nurse, { ...second, annulled }])).toEqual(['NOT_VERIFIED']);
  });

  test('is verified for one authorisation: what another rests on is used', () => {
    const used = bare().with({
      noun: 'dose',
      coi: COI,
      id: 'dose-0',
      number: 1,
      item: THINGS.dose,
      verifications: [nurse.id],
      administrations: [],
    });
    const whole = used.with(nurse, second).whole();
    const reasons = reasonsOfBedside(whole, THINGS.dose, [nurse.id, second.id], NOW);
    expect(reasons).toEqual([
      { code: 'VERIFICATION_USED', subject: `verification ${nurse.id}`, found: 'dose dose-0' },
    ]);
  });
});

describe('a check that only one of two staff made', () => {
  const [, vial] = THINGS.vials;
  const kept = (verifications: readonly Verification[], time = NOW, story = bare()) =>
    unansweredChecks(story.with(...verifications).whole(), time).map(({ id }) => id);

  test('is shown to nobody until the second has answered for the same container', () => {
    expect(kept([nurse])).toEqual([nurse.id]);
    expect(kept([nurse, second])).toEqual([]);
    expect(kept([nurse, { ...second, item: vial }])).toEqual([nurse.id, second.id]);
  });

  test('is answered by another person, neither by the same one nor by the patient', () => {
    const again = { ...nurse, id: 'verification-2' };
    const patient = verification('patient-1', { token: 'device' });
    expect(kept([nurse, again, patient])).toEqual([nurse.id, again.id, patient.id]);
  });

  test('is answered by staff whom the process names for it alone', () => {
    expect(kept([nurse, byPharmacist(second)])).toEqual([nurse.id, second.id]);
    expect(kept([byPharmacist(nurse), second])).toEqual([nurse.id, second.id]);
  });

  test('is shown once it counts no more: too old, before a mismatch, used, or entered in error', () => {
    expect(kept([nurse], addMinutes(NOW, 16))).toEqual([]);
    const mismatch = verification('hospital.clinician', { matches: false });
    expect(kept([nurse, mismatch])).toEqual([]);
    expect(kept([{ ...nurse, annulled: signed('manufacturer.quality') }])).toEqual([]);
    const used = bare().with({
      ...{ noun: 'dose', coi: COI, id: 'dose-0', number: 1, item: THINGS.dose },
      ...{ verifications: [nurse.id], administrations: [] },
    });
    expect(kept([nurse], NOW, used)).toEqual([]);
  });

  test('of another dose is not answered by checks that were used', () => {
    const used = bare().with({
      ...{ noun: 'dose', coi: COI, id: 'dose-0', number: 1, item: THINGS.dose },
      ...{ verifications: [nurse.id, second.id], administrations: [] },
    });
    const third = verification('hospital.pharmacist');
    expect(kept([nurse, second, third], NOW, used)).toEqual([third.id]);
  });
});

describe('a mismatch at the bedside', () => {
  const [one, other] = [THINGS.vials[1], THINGS.vials[2]];
  const before = (each: Verification) => signedAt(each, addMinutes(NOW, -10), addMinutes(NOW, -10));
  const of = (id: string, item: string) =>
    before({ ...nurse, id, item, matches: false, by: { ...nurse.by, actor: 'hospital.third' } });
  const open = (item: string, ...checks: readonly Verification[]) =>
    reasonsOfMismatches(
      bare()
        .with(...checks)
        .whole(),
      item,
    ).map(({ subject }) => subject);
  const mismatch = of('mismatch', one);
  const at = (each: Verification, item: string) => ({ ...each, id: `${each.id} ${item}`, item });

  test('of this container is answered by fresh checks of it by both, and by nobody else’s', () => {
    const both = [at(nurse, one), at(second, one)];
    expect(open(one, mismatch, ...both)).toEqual([]);
    expect(open(one, mismatch, ...both.map(before))).toEqual(['verification mismatch']);
    expect(open(one, mismatch, at(nurse, other), at(second, other))).toEqual([
      'verification mismatch',
    ]);
    const unread = both.map((each): Verification => ({ ...each, token: 'device' }));
    expect(open(one, mismatch, ...unread)).toEqual(['verification mismatch']);
    const late = { ...at(second, one), matches: false };
    expect(open(one, mismatch, at(nurse, one), late)).toHaveLength(2);
    expect(open(one, { ...mismatch, annulled: signed('x') })).toEqual([]);
  });

  test('is found by anybody, and answered by those whom the process names', () => {
    const both = [at(nurse, one), at(second, one)];
    expect(open(one, byPharmacist(mismatch))).toEqual(['verification mismatch']);
    expect(open(one, byPharmacist(mismatch), ...both)).toEqual([]);
    expect(open(one, mismatch, at(nurse, one), byPharmacist(at(second, one)))).toEqual([
      'verification mismatch',
    ]);
  });

  test('of another thing is answered by fresh checks of any one container by both', () => {
    expect(open(other, mismatch, nurse, second)).toEqual([]);
    expect(open(other, mismatch, nurse, second, at(nurse, other))).toEqual([]);
    expect(open(other, mismatch, nurse, at(second, other))).toEqual(['verification mismatch']);
  });
});
