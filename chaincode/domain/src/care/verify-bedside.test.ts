import { describe, expect, test } from '@jest/globals';
import type { NamedItem } from '../nouns/named-item.js';
import { actor, COI, command, context, din, NOW, OTHER_COI, therapy } from '../example.fixture.js';
import { honest, THINGS } from '../graph/honest-therapy.fixture.js';
import { addMinutes } from '../values/time.js';
import type { Verification } from '../nouns/verification.js';
import { decideVerifyBedside, verifyBedside } from './verify-bedside.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const DOSE = honest().find('item', THINGS.dose);
const own = (of = DOSE): NamedItem => ({
  id: of.id,
  known: of.coi === COI ? 'own' : 'foreign',
  item: of,
});
const codes = (decision: {
  readonly deviations: readonly { readonly code: string; readonly classification: string }[];
}) => decision.deviations.map(({ code, classification }) => `${classification} ${code}`);

describe('a check at the bedside', () => {
  function verify(
    rest: object = {},
    by = nurse,
    named = own(),
    existing?: Verification,
    { at = NOW, late = false } = {},
  ) {
    const body = verifyBedside.body.parse({
      coi: COI,
      verification: 'verification-1',
      item: din(9),
      labelCoi: COI,
      token: 'wristband',
      patient: 'patient-1',
      ...rest,
    });
    return decideVerifyBedside(
      {
        therapy: therapy(),
        existing,
        named,
      },
      command(by.id, body, { at }),
      context(by, { late }),
    );
  }
  const matches = (decision: ReturnType<typeof verify>) =>
    decision.changes.flatMap((each) => (each.noun === 'verification' ? [each.matches] : []));

  test('of the patient’s own product matches', () => {
    const decision = verify();
    expect(codes(decision)).toEqual([]);
    expect(matches(decision)).toEqual([true]);
  });

  test.each([
    [
      'another patient’s token',
      { patient: 'patient-2' },
      nurse,
      own(),
      'critical PATIENT_MISMATCH',
    ],
    ['another label', { labelCoi: OTHER_COI }, nurse, own(), 'critical LABEL_MISMATCH'],
    [
      'another patient’s product',
      { labelCoi: OTHER_COI },
      nurse,
      own({ ...DOSE, coi: OTHER_COI }),
      'critical FOREIGN_ITEM',
    ],
    [
      'what nobody registered',
      {},
      nurse,
      { id: din(9), known: 'never' } as const,
      'major UNIDENTIFIED_ITEM',
    ],
    [
      'another patient’s word',
      { token: 'device' },
      actor('patient-2', 'HospitalMSP', 'patient'),
      own(),
      'critical PATIENT_MISMATCH',
    ],
  ])('of %s does not match', (_name, rest, by, named, code) => {
    const decision = verify(rest, by, named);
    expect(codes(decision)).toEqual([code]);
    expect(matches(decision)).toEqual([false]);
  });

  test('counts from when it was made, not from when that was entered', () => {
    const at = addMinutes(NOW, -300);
    const older = own({ ...DOSE, signatures: [] });
    const decision = verify({}, nurse, older, undefined, { at, late: true });
    expect(decision.changes).toContainEqual(expect.objectContaining({ verifiedAt: at }));
    expect(decision.deviations).toMatchObject([
      { code: 'LATE_ENTRY', subjects: [{ ref: { kind: 'item', id: din(9) } }] },
    ]);
    const ahead = verify({}, nurse, own(), undefined, { at: addMinutes(NOW, 1) });
    expect(ahead.changes).toContainEqual(expect.objectContaining({ verifiedAt: NOW }));
  });

  test('names nothing of another patient', () => {
    const elsewhere = own({ ...DOSE, id: din(77), coi: OTHER_COI });
    const mixed = { patient: 'patient-2', labelCoi: OTHER_COI };
    const { changes, deviations } = verify(mixed, nurse, elsewhere);
    const here = changes.filter(({ noun }) => noun === 'verification');
    expect(here).toHaveLength(1);
    const told = JSON.stringify([here, deviations]);
    for (const name of ['patient-2', OTHER_COI, din(77)]) expect(told).not.toContain(name);
  });

  test('told again by the same person in the same words is nothing new', () => {
    const [first] = verify().changes.filter((each) => each.noun === 'verification');
    expect(verify({}, nurse, own(), first)).toMatchObject({ changes: [], deviations: [] });
  });

  const stopped = ({ changes }: ReturnType<typeof verify>) =>
    changes.flatMap((each) =>
      'blockers' in each && each.blockers.length > 0 ? [`${each.noun} ${each.coi}`] : [],
    );

  test('before the wrong patient stops nothing: the container is right', () => {
    const decision = verify({ patient: 'patient-2' });
    expect(codes(decision)).toEqual(['critical PATIENT_MISMATCH']);
    expect(decision.deviations).toMatchObject([{ subjects: [] }]);
    expect(stopped(decision)).toEqual([]);
  });

  test('of another patient’s product stops that in its own therapy, and nothing in this one', () => {
    const decision = verify({ labelCoi: OTHER_COI }, nurse, own({ ...DOSE, coi: OTHER_COI }));
    expect(stopped(decision)).toEqual([`item ${OTHER_COI}`]);
  });

  test('of what others hold for another patient is an alarm there, and stops nothing', () => {
    const holder = { organisation: 'ManufacturerMSP', actor: 'manufacturer.operator' };
    const elsewhere = own({ ...DOSE, coi: OTHER_COI, holder });
    const decision = verify({ labelCoi: OTHER_COI }, nurse, elsewhere);
    expect([stopped(decision), decision.claims]).toMatchObject([
      [],
      [{ subject: { kind: 'item', coi: OTHER_COI }, claim: 'identity' }],
    ]);
  });

  test('of a container whose own label says another stops the container', () => {
    const decision = verify({ labelCoi: OTHER_COI });
    expect(codes(decision)).toEqual(['critical LABEL_MISMATCH']);
    expect(stopped(decision)).toEqual([`item ${COI}`]);
  });

  test('under a name that is taken deviates, the first stays, and a mismatch is kept all the same', () => {
    const [first] = verify().changes.filter((each) => each.noun === 'verification');
    const by = actor('hospital.clinician', 'HospitalMSP', 'clinician');
    const again = verify({}, by, own(), first);
    expect(codes(again)).toEqual(['major IDENTIFIER_TAKEN']);
    expect(matches(again)).toEqual([]);
    const decision = verify({ patient: 'patient-2' }, nurse, own(), first);
    expect(codes(decision)).toEqual(['major IDENTIFIER_TAKEN', 'critical PATIENT_MISMATCH']);
    expect(matches(decision)).toEqual([false]);
    expect(decision.changes).not.toContainEqual(expect.objectContaining({ id: first?.id }));
  });
});
