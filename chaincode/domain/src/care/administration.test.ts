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
import { verified } from '../custody/relabel.fixture.js';
import { addMinutes } from '../values/time.js';
import type { Dose } from '../nouns/dose.js';
import {
  type AdministrationState,
  decideAdministration,
  recordAdministration,
} from './record-administration.js';

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

  test('of what bears another label since the bedside was not looked at, and is recorded', () => {
    const before = addMinutes(NOW, -5);
    const by = { ...signed('hospital.clinician'), at: before, time: before };
    const since = { dose: { ...authorised, authorised: by } };
    const story = verified();
    const decision = give(since, 'complete', story);
    expect(codes(decision)).toEqual(['critical UNAUTHORISED_ADMINISTRATION']);
    expect(decision.deviations[0]).toMatchObject({ found: `authorised until ${NOW}` });
    expect(decision.changes).toContainEqual(expect.objectContaining({ custody: 'administered' }));
    expect(codes(give(since))).toEqual([]);
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
