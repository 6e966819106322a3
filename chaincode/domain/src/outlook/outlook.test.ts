import { describe, expect, test } from '@jest/globals';
import { agreed } from '../care/decide-to-go-on.fixture.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { COI, consent, din, item, NOW, signed } from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import {
  codesOf,
  HOLD,
  honest,
  lacking,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import type { Blocker } from '../nouns/blockable.js';
import type { Administration, Dose } from '../nouns/dose.js';
import type { Item } from '../nouns/item.js';
import { addMinutes } from '../values/time.js';
import type { Purpose } from '../values/words.js';
import { hindrancesOf } from './hindrance.js';
import type { Outlook } from './outlook.js';
import { outlookOf } from './outlook-of.js';
import { withoutConsents } from './without-consents.js';

const PURPOSES: readonly Purpose[] = ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'];
const GIVEN = PURPOSES.map((purpose) => consent('given', { purpose }));
const WITHDRAWN = [consent('withdrawn'), ...GIVEN.slice(1)];
const [VIAL] = THINGS.vials;
const DOSE = `item ${THINGS.dose}`;

/** A therapy of one dose. */
const story = () =>
  honest().change('therapy', COI, (thing) => ({
    ...thing,
    orderLines: thing.orderLines.slice(0, 1),
  }));

const look = (of: Story, consents: readonly WeighedConsent[] = GIVEN, at = NOW) =>
  outlookOf({ whole: of.whole(), consents, suspects: [], parties: [], at });
const stateOf = ({ things }: Outlook, name: string) =>
  things.find(({ subject }) => subject === name)?.state;
const hindrances = ({ gates }: Outlook, name?: string) =>
  codesOf(gates.filter(({ subject }) => subject === (name ?? subject)).flatMap(hindrancesOf));
const gateOf = ({ gates }: Outlook, name: string) =>
  gates.find(({ subject }) => subject === name)?.gate;

function authorised(rest: Partial<Dose> = {}, story_ = story()): Story {
  return story_.with({
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: [],
    authorised: signed('hospital.clinician'),
    administrations: [],
    ...rest,
  });
}

const administered = (course: Administration['course']): Administration => ({
  ...signed('hospital.nurse'),
  item: THINGS.dose,
  course,
  annex: 'A'.repeat(43),
});

describe('of an honest therapy', () => {
  test('every gate would permit, and everything stands as its course has it', () => {
    const outlook = look(story());
    expect(hindrances(outlook)).toEqual([]);
    expect(outlook.gates.find(({ subject }) => subject === DOSE)?.reasons).toEqual([]);
    expect(stateOf(outlook, DOSE)).toBe('in-custody');
    expect(stateOf(outlook, 'batch batch-1')).toBe('certified');
    expect(stateOf(outlook, 'design design-1')).toBe('approved');
    expect(outlook.consents?.map(({ state }) => state)).toEqual(['given', 'given']);
  });

  test('a vial that no dose needs any more waits for nothing', () => {
    const outlook = look(authorised({ administrations: [administered('complete')] }));
    expect(hindrances(outlook)).toEqual([]);
    expect(gateOf(outlook, `therapy ${COI}`)).toBeUndefined();
  });

  test('a line in whose place another stands is asked about no more', () => {
    const replaced = honest().change('therapy', COI, ({ orderLines, ...rest }) => ({
      ...rest,
      orderLines: orderLines.map((line) => (line.dose === 2 ? { ...line, replaces: 1 } : line)),
    }));
    expect(look(replaced).gates.find(({ subject }) => subject === DOSE)?.reasons).toEqual([]);
    const [further] = replaced.whole().therapy.orderLines.slice(1);
    const used = replaced.with({
      noun: 'dose',
      ...{ coi: COI, id: 'dose-2', number: further?.dose ?? 0, item: VIAL, verifications: [] },
      administrations: [{ ...administered('complete'), item: VIAL }],
    });
    expect(hindrances(look(used), DOSE)).toEqual([]);
  });

  test('what is still to be done stands in no way', () => {
    const made = story().change('batch', 'batch-1', (thing) =>
      lacking(lacking(thing, 'review'), 'certification'),
    );
    const outlook = look(made.without('item', THINGS.dose));
    expect(gateOf(outlook, `therapy ${COI}`)).toBe('manufacturing:ReviewBatch');
    expect(gateOf(outlook, 'batch batch-1')).toBe('manufacturing:ReviewBatch');
    expect(codesOf(outlook.gates.flatMap(({ reasons }) => reasons))).toEqual([
      'BATCH_NOT_RELEASED',
      'NOT_REVIEWED',
      'NO_BATCH',
    ]);
    expect(hindrances(outlook)).toEqual([]);
  });
});

describe('when the patient has withdrawn', () => {
  test('every gate ahead that asks for consent would refuse, whatever it is asked of', () => {
    const outlook = look(story(), WITHDRAWN);
    for (const name of [`therapy ${COI}`, 'step administration', DOSE, 'batch batch-1']) {
      expect([name, hindrances(outlook, name)]).toEqual([name, ['CONSENT_DENIED']]);
    }
    expect(stateOf(outlook, DOSE)).toBe('stopped');
    expect(stateOf(outlook, `therapy ${COI}`)).toBe('stopped');
    expect(outlook.consents?.[0]?.state).toBe('withdrawn');
  });

  test('who may not see consents learns that something stands in the way, and not what', () => {
    const outlook = withoutConsents(look(story(), WITHDRAWN));
    expect(JSON.stringify(outlook)).not.toMatch(/consent/i);
    expect(outlook.gates.find(({ subject }) => subject === `therapy ${COI}`)).toMatchObject({
      reasons: [],
      withheld: true,
    });
    expect(outlook.partial).toBe(true);
    const content = withoutConsents(look(story()));
    expect(content.gates.some(({ withheld }) => withheld)).toBe(false);
    expect(content.partial).toBeUndefined();
  });

  test('a dose that was authorised before is stopped', () => {
    expect(stateOf(look(authorised()), 'dose dose-1')).toBe('authorised');
    expect(stateOf(look(authorised(), WITHDRAWN), 'dose dose-1')).toBe('stopped');
  });
});

describe('a consent', () => {
  const until = addMinutes(NOW, 1);
  const limited = [consent('given', { scope: { validUntil: until } }), ...GIVEN.slice(1)];

  test('is given until its last moment, and expired then, though nobody recorded that', () => {
    expect(look(story(), limited).consents?.[0]?.state).toBe('given');
    const outlook = look(story(), limited, until);
    expect(outlook.consents?.[0]?.state).toBe('expired');
    expect(hindrances(outlook, 'consent TREATMENT_MANUFACTURE')).toEqual(['CONSENT_NOT_ACTIVE']);
    expect(hindrances(outlook, `therapy ${COI}`)).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test.each<[string, Partial<WeighedConsent>]>([
    ['not-yet-valid', { scope: { validFrom: until } }],
    ['used-up', { scope: { maxUses: 2 }, used: 2 }],
    [
      'suspect',
      { suspect: { subject: 'consent', signed: signed('patient-1'), actor: 'a', since: NOW } },
    ],
  ])('that is %s is said to be so', (state, rest) => {
    const doubted: WeighedConsent = { ...consent('given'), ...rest };
    expect(look(story(), [doubted]).consents?.[0]?.state).toBe(state);
  });
});

describe('a batch', () => {
  const expiry = '2020-01-01T00:00:00.000Z';
  const open = story().change('batch', 'batch-1', (thing) =>
    lacking(lacking({ ...thing, expiry }, 'review'), 'certification'),
  );

  test('that expired is neither to be reviewed nor certified nor used', () => {
    const reviewed = open.change('batch', 'batch-1', { review: signed('manufacturer.reviewer') });
    const certified = story().change('batch', 'batch-1', { expiry });
    const gates = ['manufacturing:ReviewBatch', 'manufacturing:CertifyBatch', 'care:AuthoriseDose'];
    [open, reviewed, certified].forEach((of, index) => {
      const outlook = look(of);
      expect(gateOf(outlook, 'batch batch-1')).toBe(gates[index]);
      expect(hindrances(outlook, 'batch batch-1')).toEqual(['EXPIRED']);
      expect(stateOf(outlook, 'batch batch-1')).toBe('expired');
    });
    expect(hindrances(look(certified), DOSE)).toEqual(['EXPIRED']);
    expect(stateOf(look(certified), DOSE)).toBe('stopped');
  });

  test('that is recalled is said to be so, and so are its vials and what was prepared of them', () => {
    const recall = { ...signed('a'), reason: 'sterility' };
    const outlook = look(story().change('batch', 'batch-1', { recall }));
    for (const name of ['batch batch-1', `item ${VIAL}`, DOSE]) {
      expect([name, stateOf(outlook, name)]).toEqual([name, 'recalled']);
    }
  });

  test('that was certified and whose tests nobody has any more is stopped', () => {
    const outlook = look(story().without('step', 'release-tests/1'));
    expect(hindrances(outlook, 'batch batch-1')).toEqual(['NOT_TESTED']);
    expect(stateOf(outlook, 'batch batch-1')).toBe('stopped');
  });
});

describe('an item', () => {
  const blocked = (kind: Blocker['kind']) => ({ blockers: [{ kind, id: 'x', code: 'X' }] });

  test.each<[string, Partial<Item>]>([
    ['quarantined', blocked('deviation')],
    ['on-hold', blocked('hold')],
    ['rejected', blocked('rejected')],
    ['entered-in-error', blocked('annulled')],
    ['expired', { useBy: NOW }],
    ['in-transit', { custody: 'in-transit' }],
    ['lost', { custody: 'lost', ...blocked('deviation') }],
  ])('is %s by its own record', (state, rest) => {
    const outlook = look(story().change('item', VIAL, (thing) => ({ ...thing, ...rest })));
    expect(stateOf(outlook, `item ${VIAL}`)).toBe(state);
  });

  test('is stopped by what stands against something upstream of it, and says so by the gate', () => {
    const outlook = look(story().change('dataset', 'hla', { blockers: [...HOLD.blockers] }));
    expect(stateOf(outlook, 'dataset hla')).toBe('on-hold');
    expect(outlook.things.find(({ subject }) => subject === DOSE)).toEqual({
      subject: DOSE,
      state: 'stopped',
      byRecord: 'in-custody',
    });
    expect(hindrances(outlook, DOSE)).toEqual(['ON_HOLD']);
    expect(hindrances(outlook, `therapy ${COI}`)).toEqual([]);
  });

  test('on its way to somebody is not stopped, but what was made of such a thing is', () => {
    const handOff = { id: 'hand-off-9', verdict: 'pending' } as const;
    const away = story().change('item', THINGS.dose, { custody: 'in-transit', handOff });
    expect(stateOf(look(away), DOSE)).toBe('in-transit');
    const made = story().change('item', VIAL, { custody: 'consumed', handOff });
    expect(stateOf(look(made), DOSE)).toBe('stopped');
  });

  test('that no step takes is asked about by no gate', () => {
    const other = item({ id: din(77), kind: 'unidentified' });
    const outlook = look(story().with(other));
    expect(gateOf(outlook, `item ${other.id}`)).toBeUndefined();
    expect(stateOf(outlook, `item ${other.id}`)).toBe('in-custody');
  });
});

describe('a dose', () => {
  test.each([
    ['given', ['complete']],
    ['interrupted', ['not-started', 'interrupted']],
    ['not-started', ['not-started']],
  ] as const)('is %s by what was told of it', (state, courses) => {
    const outlook = look(authorised({ administrations: courses.map(administered) }));
    expect(stateOf(outlook, 'dose dose-1')).toBe(state);
  });

  test('of which nothing was given leaves the way open for another', () => {
    const outlook = look(authorised({ administrations: [administered('not-started')] }));
    expect(gateOf(outlook, `therapy ${COI}`)).toBe('care:AuthoriseDose');
    expect(outlook.gates.find(({ subject }) => subject === DOSE)?.reasons).toEqual([]);
  });

  test('whose administration was entered in error is not given', () => {
    const mistaken = { ...administered('complete'), annulled: signed('hospital.clinician') };
    const outlook = look(authorised({ administrations: [mistaken] }));
    expect(stateOf(outlook, 'dose dose-1')).toBe('entered-in-error');
  });

  test('is authorised for the minutes that the process gives, and then no more', () => {
    const hour = addMinutes(NOW, 60);
    expect(stateOf(look(authorised(), GIVEN, hour), 'dose dose-1')).toBe('authorised');
    const later = addMinutes(NOW, 61);
    expect(stateOf(look(authorised(), GIVEN, later), 'dose dose-1')).toBe('authorisation-ended');
  });
});

describe('what is given after something that cannot be undone', () => {
  const { bags, dose } = CELL_THINGS;
  const [, bag] = bags;
  const before = () => honestCells().without('step', 'lymphodepletion/1');
  const gatesOf = (of: Story) =>
    look(of)
      .gates.filter(({ subject }) => subject === `item ${bag}`)
      .map((each) => [each.gate, each.step, codesOf(hindrancesOf(each))]);

  test('is asked about before it begins, as the gate of the dose would', () => {
    const [START, OPEN] = ['manufacturing:StartStep', [] as const];
    expect(gatesOf(before())).toEqual([
      [START, 'lymphodepletion', OPEN],
      [START, 'preparation', OPEN],
    ]);
    const unordered = before().change('therapy', COI, { orderLines: [] });
    expect(gatesOf(unordered)).toEqual([
      [START, 'lymphodepletion', ['DOSE_NOT_ORDERED']],
      [START, 'preparation', ['DOSE_NOT_ORDERED']],
    ]);
    expect(stateOf(look(unordered), `item ${bag}`)).toBe('stopped');
    expect(gatesOf(honestCells())).toEqual([[START, 'preparation', OPEN]]);
  });

  test('stands no more in the way of what a physician and a release person decided to go on with', () => {
    const held = honestCells().change('item', dose, HOLD);
    expect(hindrances(look(held), `item ${dose}`)).toEqual(['ON_HOLD']);
    expect(hindrances(look(agreed(held)), `item ${dose}`)).toEqual([]);
  });
});
