import { describe, expect, test } from '@jest/globals';
import type { Actor } from '../nouns/actor.js';
import type { NamedItem } from '../nouns/named-item.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  din,
  item,
  NOW,
  OTHER_COI,
  signed,
  therapy,
} from '../example.fixture.js';
import {
  HOLD,
  honest,
  own as ownRef,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { addMinutes } from '../values/time.js';
import type { Dose } from '../nouns/dose.js';
import type { Verification } from '../nouns/verification.js';
import {
  type AdministrationState,
  decideAdministration,
  recordAdministration,
} from './record-administration.js';
import { decideOutcome, recordOutcome } from './record-outcome.js';
import { decideVerifyBedside, verifyBedside } from './verify-bedside.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const DOSE = honest().find('item', THINGS.dose);
const own = (of = DOSE): NamedItem => ({
  id: of.id,
  known: of.coi === COI ? 'own' : 'foreign',
  item: of,
});
const authorised: Dose = {
  noun: 'dose',
  coi: COI,
  id: 'dose-1',
  number: 1,
  item: din(9),
  verifications: [],
  authorised: signed('hospital.clinician'),
  administrations: [],
};
const codes = (decision: {
  readonly deviations: readonly { readonly code: string; readonly classification: string }[];
}) => decision.deviations.map(({ code, classification }) => `${classification} ${code}`);

interface Told {
  readonly number?: number;
  readonly by?: Actor;
  readonly volumeGivenMl?: number;
  readonly endorsed?: 'pass' | 'fail';
}

function give(
  rest: Partial<AdministrationState> = {},
  course = 'complete',
  story: Story = honest(),
  { number = 1, by = nurse, volumeGivenMl, endorsed }: Told = {},
) {
  const body = recordAdministration.body.parse({
    coi: COI,
    dose: 'dose-1',
    number,
    item: din(9),
    course,
  });
  const state: AdministrationState = {
    therapy: therapy(),
    whole: story.whole(),
    dose: authorised,
    named: own(story.find('item', THINGS.dose)),
    consents: [consent('given')],
    used: [],
    suspects: [],
    ...rest,
  };
  const content = { volumeGivenMl, volumeWastedMl: 0 };
  const annexes = volumeGivenMl === undefined ? new Map() : new Map([['administration', content]]);
  const verdicts = [{ check: 'volume-given', verdict: endorsed ?? 'pass' }];
  return decideAdministration(
    state,
    command(by.id, body, { annex: { administration: DIGEST } }),
    context(by, {
      annexes,
      ...(endorsed === undefined ? {} : { results: { from: 'endorsement', verdicts } }),
    }),
  );
}

describe('what was given', () => {
  test('as it was authorised is recorded, and the dose is no more', () => {
    const decision = give();
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toContainEqual({ ...DOSE, custody: 'administered' });
    expect(decision.changes).toContainEqual(
      expect.objectContaining({
        noun: 'dose',
        administrations: [expect.objectContaining({ actor: nurse.id, annex: DIGEST })],
      }),
    );
  });

  test('not at all leaves the dose', () => {
    expect(give({}, 'not-started').changes).not.toContainEqual({
      ...DOSE,
      custody: 'administered',
    });
  });

  test.each([
    ['complete', 0, 'fail'],
    ['complete', 0.3, 'pass'],
    ['interrupted', 0, 'pass'],
    ['interrupted', 0.1, 'pass'],
    ['not-started', 0, 'pass'],
    ['not-started', 0.1, 'fail'],
  ] as const)('that was %s with %d ml is judged, and recorded: %s', (course, volume, verdict) => {
    const decision = give({}, course, honest(), { volumeGivenMl: volume });
    expect(decision.verdicts).toEqual([{ check: 'volume-given', verdict }]);
    const contradicted = verdict === 'fail' ? ['major VOLUME_CONTRADICTS_COURSE'] : [];
    expect(codes(decision)).toEqual(contradicted);
    const replayed = give({}, course, honest(), { endorsed: verdict });
    expect([replayed.verdicts, codes(replayed)]).toEqual([decision.verdicts, contradicted]);
  });

  test('on another line of the order than was authorised is recorded, and is critical', () => {
    const decision = give({}, 'complete', honest(), { number: 2 });
    expect(codes(decision)).toEqual(['critical OTHER_ORDER_LINE']);
    const line = { noun: 'dose-line', coi: COI, number: 1, dose: 'dose-1' };
    expect(decision.changes).toContainEqual(line);
  });

  test('told again by the same person in the same words is nothing new, and by another is', () => {
    const dose = give().changes.find((each) => each.noun === 'dose');
    const named = own({ ...DOSE, custody: 'administered' });
    expect(give({ dose, named })).toMatchObject({ changes: [], deviations: [] });
    const by = actor('hospital.clinician', 'HospitalMSP', 'clinician');
    const other = give({ dose, named }, 'complete', honest(), { by });
    expect(codes(other)).toContain('critical UNAUTHORISED_ADMINISTRATION');
  });

  test('takes its line of the order, so that none is authorised on it again', () => {
    const line = { noun: 'dose-line', coi: COI, number: 1, dose: 'dose-1' };
    expect(give().changes).toContainEqual(line);
    expect(give({}, 'not-started').changes).not.toContainEqual(line);
  });

  test('on an authorisation that compromised keys signed is recorded, and is critical', () => {
    const suspect = {
      subject: 'dose dose-1',
      signed: signed('hospital.clinician'),
      actor: 'hospital.clinician',
      since: NOW,
    };
    expect(codes(give({ suspects: [suspect] }))).toEqual(['critical SUSPECT_AUTHORISATION']);
  });

  const unauthorised: Dose = { ...authorised };
  Reflect.deleteProperty(unauthorised, 'authorised');
  const before = { ...signed('a'), item: din(9), course: 'complete', annex: DIGEST } as const;
  const daysAgo = (days: number) => {
    const at = addMinutes(NOW, -days * 1440);
    return { ...signed('hospital.clinician'), at, time: at };
  };

  test.each<[string, Partial<AdministrationState>, string]>([
    ['without a record of the dose', { dose: undefined }, 'UNAUTHORISED_ADMINISTRATION'],
    ['without authorisation', { dose: unauthorised }, 'UNAUTHORISED_ADMINISTRATION'],
    [
      'in place of another item',
      { dose: { ...authorised, item: din(8) } },
      'UNAUTHORISED_ADMINISTRATION',
    ],
    [
      'for another line than it was authorised for',
      { dose: { ...authorised, number: 2 } },
      'OTHER_ORDER_LINE',
    ],
    [
      'a second time',
      { dose: { ...authorised, administrations: [before] } },
      'UNAUTHORISED_ADMINISTRATION',
    ],
    [
      'four days after its authorisation',
      { dose: { ...authorised, authorised: daysAgo(4) } },
      'UNAUTHORISED_ADMINISTRATION',
    ],
    [
      'against a no',
      { consents: [consent('superseded'), consent('withdrawn')] },
      'GIVEN_AGAINST_REFUSAL',
    ],
    ['of another patient', { named: own({ ...DOSE, coi: OTHER_COI }) }, 'FOREIGN_ITEM'],
  ])('%s is recorded and a critical deviation', (_name, rest, code) => {
    const decision = give(rest);
    expect(codes(decision)).toContain(`critical ${code}`);
    expect(decision.changes.map(({ noun }) => noun)).toContain('dose');
  });

  test('is authorised until the last minute in which it may be begun, and not after', () => {
    const since = (minutes: number) => {
      const at = addMinutes(NOW, -minutes);
      return { ...authorised, authorised: { ...signed('hospital.clinician'), at, time: at } };
    };
    expect(codes(give({ dose: since(60) }))).toEqual([]);
    expect(codes(give({ dose: since(61) }))).toEqual(['critical UNAUTHORISED_ADMINISTRATION']);
  });

  test('on a line that was entered in error since is authorised no more', () => {
    const story = honest().change('therapy', COI, ({ orderLines, ...rest }) => ({
      ...rest,
      orderLines: orderLines.map((line) => ({ ...line, annulled: signed('hospital.pharmacist') })),
    }));
    expect(codes(give({}, 'complete', story))).toEqual(['critical UNAUTHORISED_ADMINISTRATION']);
  });

  const recall = { ...signed('a'), reason: 'sterility' };
  const between = item({ id: din(50), kind: 'vial', parents: [ownRef(THINGS.vials[0])] });
  const derived = honest()
    .with(between)
    .change('item', THINGS.dose, { parents: [ownRef(between.id)] });

  test.each<[string, Story, string]>([
    ['after a recall', honest().change('batch', 'batch-1', { recall }), 'RECALLED_PRODUCT_GIVEN'],
    [
      'after a recall, two derivations from its vial',
      derived.change('batch', 'batch-1', { recall }),
      'RECALLED_PRODUCT_GIVEN',
    ],
    ['from quarantine', honest().change('item', THINGS.dose, HOLD), 'QUARANTINED_PRODUCT_GIVEN'],
    [
      'after a hold on what it was made of',
      honest().change('dataset', 'hla', HOLD),
      'QUARANTINED_PRODUCT_GIVEN',
    ],
    [
      'after a test of it failed',
      honest().judge('release-tests/1', { sterility: 'fail' }),
      'QUARANTINED_PRODUCT_GIVEN',
    ],
    [
      'after it was disposed of',
      honest().change('item', THINGS.dose, { custody: 'disposed' }),
      'QUARANTINED_PRODUCT_GIVEN',
    ],
    [
      'at the moment of expiry',
      honest().change('item', THINGS.dose, { useBy: NOW }),
      'EXPIRED_PRODUCT_GIVEN',
    ],
  ])('%s is recorded and a critical deviation, once', (_name, story, code) => {
    const decision = give({}, 'complete', story);
    expect(codes(decision)).toEqual([`critical ${code}`]);
    expect(decision.changes.map(({ noun }) => noun)).toContain('dose');
  });
});

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

describe('an outcome', () => {
  const body = { coi: COI, outcome: 'outcome-1' };
  const tell = (existing?: Parameters<typeof decideOutcome>[0]['existing']) =>
    decideOutcome(
      { therapy: therapy(), existing },
      command(nurse.id, body, { annex: { outcome: DIGEST } }),
      context(nurse),
    );

  test('tells its kind in the annex alone: nobody beside the parties learns of a death', () => {
    const named = { ...body, kind: 'death' };
    expect([body, named].map((each) => recordOutcome.body.safeParse(each).success)).toEqual([
      true,
      false,
    ]);
    const told = { kind: 'death', observations: [] };
    expect(recordOutcome.annexes[0]?.content.safeParse(told).success).toBe(true);
  });

  test('is a commitment, and its first telling stays', () => {
    const [outcome] = tell().changes;
    expect(outcome).toMatchObject({ noun: 'outcome', commitment: DIGEST });
    const again = tell(outcome?.noun === 'outcome' ? outcome : undefined);
    expect(codes(again)).toEqual(['minor IDENTIFIER_TAKEN']);
  });
});
