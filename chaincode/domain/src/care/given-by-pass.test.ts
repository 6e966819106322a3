import { describe, expect, test } from '@jest/globals';
import { concernsOf } from '../alerts/concerns.js';
import { failedLate, recalled } from '../alerts/given.fixture.js';
import { ofPass } from '../annulling/pass.js';
import { Things } from '../annulling/things.js';
import { readerOf } from '../commands/reader.fixture.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  din,
  NOW,
  RECIPIENT,
  signed,
} from '../example.fixture.js';
import { openCells } from '../gates/open-tests.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import {
  DEVIATION,
  HOLD,
  honest,
  lacking,
  own,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { itemOf, namedIn, NEW, relabelled, verified } from '../custody/relabel.fixture.js';
import { passStatement } from '../passes/statement.js';
import { upstreamOf } from '../graph/upstream.js';
import type { DosePass } from '../nouns/dose-pass.js';
import type { Exception } from '../nouns/exception.js';
import type { Dose } from '../nouns/dose.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { addMinutes } from '../values/time.js';
import { agreed } from './decide-to-go-on.fixture.js';
import { usesByPass } from './given-by-pass.js';
import { decideIssuePass, issuePass, type PassState } from './issue-pass.js';
import { decideAdministration, recordAdministration } from './record-administration.js';

const pharmacist = actor('hospital.pharmacist', 'HospitalMSP', 'pharmacist');
const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const VERIFIED = ['verification-hospital.nurse', 'verification-hospital.clinician'] as const;

/** The honest therapy, at whose bedside a nurse and a physician checked. */
function atTheWard(): Story {
  return honest().change('verification', 'verification-hospital.clinician', (each) => ({
    ...each,
    by: { ...each.by, roles: ['clinician'] },
  }));
}

function issue(
  story: Story = atTheWard(),
  rest: Partial<PassState> = {},
  said: object = {},
  by = pharmacist,
) {
  const body = issuePass.body.parse({
    coi: COI,
    pass: 'pass-1',
    number: 1,
    item: THINGS.dose,
    ...said,
  });
  const whole = story.whole();
  const named = namedIn(story, body.item);
  if (named.known !== 'own') throw new Error(`no item ${body.item}`);
  const { item } = named;
  return decideIssuePass(
    {
      therapy: whole.therapy,
      whole,
      named,
      ancestry: upstreamOf(whole, [{ kind: 'item', ...own(item.id) }]),
      consents: [consent('given')],
      recipient: RECIPIENT,
      suspects: [],
      existing: undefined,
      ...rest,
    },
    command(by.id, body),
    context(by),
  );
}
const reasonsOf = (decided: ReturnType<typeof issue>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

function issued(story: Story = atTheWard(), said: object = {}): DosePass {
  const decided = issue(story, {}, said);
  const [pass] = decided.decision === 'permitted' ? decided.changes : [];
  if (pass?.noun !== 'dose-pass') throw new Error('no pass was issued');
  return pass;
}

describe('a dose pass', () => {
  test('is issued when nothing but the check at the bedside is missing, with what it says', () => {
    const unchecked = VERIFIED.reduce(
      (story, id) => story.without('verification', id),
      atTheWard(),
    );
    expect(issued(unchecked)).toMatchObject({
      id: 'pass-1',
      item: THINGS.dose,
      number: 1,
      until: addMinutes(NOW, 240),
      released: [{ batch: 'batch-1' }],
      expires: '2026-11-22T19:00:00.000Z',
    });
  });

  test('names the label that a product bears which was relabelled', () => {
    expect(issued()).not.toHaveProperty('label');
    const story = verified(atTheWard());
    const pass = issued(story, { item: NEW });
    expect(pass).toMatchObject({ item: THINGS.dose, label: NEW });
    const place = { network: DIGEST, patient: 'patient-1', block: 1 };
    expect(JSON.parse(passStatement(pass, place))).toMatchObject({ label: NEW });
    expect(reasonsOf(issue(relabelled(atTheWard())))).toContain('RELABELLING_NOT_VERIFIED');
  });

  test('ends with the product at the latest', () => {
    const useBy = addMinutes(NOW, 30);
    expect(issued(atTheWard().change('item', THINGS.dose, { useBy })).until).toBe(useBy);
  });

  test('of what has an open test is a physician’s, who names it', () => {
    const named = { item: CELL_THINGS.dose, openTests: ['sterility-test'] };
    const unnamed = { item: CELL_THINGS.dose };
    expect(reasonsOf(issue(openCells(), {}, named))).toEqual(['OPEN_TEST_NOT_NAMED']);
    expect(reasonsOf(issue(openCells(), {}, unnamed, physician))).toEqual(['OPEN_TEST_NOT_NAMED']);
    expect(issue(openCells(), {}, named, physician)).toMatchObject({
      changes: [{ noun: 'dose-pass', openTests: ['sterility-test'] }],
    });
  });

  test.each<[string, Story, Partial<PassState>, string]>([
    ['of a held product', atTheWard().change('item', THINGS.dose, HOLD), {}, 'ON_HOLD'],
    ['of a broken chain', atTheWard().without('dataset', 'hla'), {}, 'BROKEN_CHAIN'],
    ['without consent', atTheWard(), { consents: [] }, 'CONSENT_NOT_ACTIVE'],
    ['under a name that is taken', atTheWard(), { existing: issued() }, 'IDENTIFIER_TAKEN'],
  ])('%s is refused', (_name, story, rest, code) => {
    expect(reasonsOf(issue(story, rest))).toEqual([code]);
  });
});

interface Late {
  readonly dose?: string;
  readonly course?: string;
  readonly minutes?: number;
  readonly verifications?: readonly string[];
  readonly item?: string;
}

/** A dose that was given five minutes after the pass, entered two hours later. */
function enter(story: Story, late: Late = {}) {
  const { dose = 'dose-1', course = 'complete', minutes = 5, verifications = VERIFIED } = late;
  const { item: id = THINGS.dose } = late;
  const body = recordAdministration.body.parse({
    ...{ coi: COI, dose, number: 1, item: id, course },
    byPass: { pass: 'pass-1', verifications },
  });
  const whole = story.whole();
  const item = story.find('item', id);
  const { therapy } = whole;
  const at = addMinutes(NOW, minutes);
  const decided = decideAdministration(
    {
      therapy,
      whole,
      dose: whole.doses.get(dose),
      named: { id, known: 'own', item },
      consents: [consent('given')],
      used: [],
      suspects: [],
    },
    {
      ...command(nurse.id, body, { at, annex: { administration: DIGEST } }),
      lateReason: 'ledger-unreachable',
    },
    context(nurse, { transactionTime: addMinutes(NOW, 120), late: true }),
  );
  const deviations = decided.deviations
    .filter(({ code }) => code !== 'LATE_ENTRY')
    .map(({ code, found = '' }) => `${code}: ${found}`);
  return { deviations, changes: decided.changes };
}
const passed = (story = atTheWard(), said: object = {}) => story.with(issued(story, said));

describe('what was given by a pass', () => {
  test('is entered late with the checks at the bedside, and nothing deviates', () => {
    const { deviations, changes } = enter(passed());
    expect(deviations).toEqual([]);
    expect(changes).toContainEqual(
      expect.objectContaining({
        noun: 'dose',
        verifications: VERIFIED,
        administrations: [expect.objectContaining({ pass: 'pass-1' })],
      }),
    );
  });

  test('rests on what two decided to go on with, and ends with that', () => {
    const item = CELL_THINGS.dose;
    const checked = honestCells()
      .by((each) => ({ ...each, decisionMinutes: 20 }))
      .change('item', item, { ...HOLD, useBy: addMinutes(NOW, 360) })
      .change('verification', VERIFIED[1], (each) => ({
        ...each,
        by: { ...each.by, roles: ['clinician'] },
      }));
    expect(reasonsOf(issue(checked, {}, { item }))).toEqual(['ON_HOLD']);
    const decided = agreed(checked);
    const story = passed(decided, { item });
    expect(story.find('dose-pass', 'pass-1').until).toBe(addMinutes(NOW, 20));
    expect(enter(story, { item }).deviations).toEqual([]);
    const again = { blockers: [...HOLD.blockers, { ...HOLD.blockers[0], id: 'hold-2' }] };
    expect(enter(story.change('item', item, again), { item }).deviations).toEqual([
      expect.stringContaining('QUARANTINED_PRODUCT_GIVEN: ON_HOLD'),
    ]);
  });

  const annulled = signed('manufacturer.quality');
  const later = { ...signed(pharmacist.id), time: addMinutes(NOW, 10) };
  const of = (change: Partial<DosePass>) => atTheWard().with({ ...issued(), ...change });
  const nurseOnly = passed().change('verification', 'verification-hospital.clinician', (each) => ({
    ...each,
    by: { ...each.by, roles: ['nurse'] },
  }));
  test.each<[string, Story, Late, string]>([
    ['a pass that the ledger does not know', atTheWard(), {}, 'no pass pass-1'],
    [
      'a pass of another item',
      of({ item: THINGS.vials[1] }),
      {},
      `pass pass-1 for ${THINGS.vials[1]}`,
    ],
    [
      'a pass of what bears another label since',
      passed().change('item', THINGS.dose, { relabellings: itemOf(verified()).relabellings ?? [] }),
      {},
      `pass pass-1 for the label ${THINGS.dose}`,
    ],
    ['a pass of what nobody registered', of({ item: din(78) }), {}, `pass pass-1 for ${din(78)}`],
    ['a pass of another line', of({ number: 2 }), {}, 'pass pass-1 for line 2'],
    ['a pass that was over', of({ until: addMinutes(NOW, 4) }), {}, 'pass pass-1 from'],
    [
      'a pass of what turned out to keep for a shorter time',
      passed().change('batch', 'batch-1', { expiry: addMinutes(NOW, 4) }),
      {},
      `pass pass-1 from ${NOW} until ${addMinutes(NOW, 4)}`,
    ],
    ['a pass that was not there yet', of({ issued: later }), {}, 'pass pass-1 from'],
    ['a pass that was issued in error', of({ annulled }), {}, 'pass pass-1 was entered in error'],
    ['checks too long before', passed(), { minutes: 60 }, 'NOT_VERIFIED, TOKEN_NOT_READ'],
    ['one check', passed(), { verifications: VERIFIED.slice(1) }, 'NOT_VERIFIED'],
    ['no physician', nurseOnly, {}, 'no physician at the bedside'],
  ])('by %s was authorised by nobody', (_name, story, late, why) => {
    const [first = ''] = enter(story, late).deviations;
    expect(first).toContain('UNAUTHORISED_ADMINISTRATION: ');
    expect(first).toContain(why);
  });

  test('to the minute at which the pass ends is authorised', () => {
    expect(enter(of({ until: addMinutes(NOW, 5) })).deviations).toEqual([]);
  });

  test('after its checks alone: one that was made later counts for nothing', () => {
    const later = VERIFIED.reduce(
      (story, id) =>
        story.change('verification', id, (each) => {
          const at = addMinutes(NOW, 20);
          return { ...each, by: { ...each.by, at, time: at } };
        }),
      passed(),
    );
    expect(enter(later).deviations[0]).toContain('NOT_VERIFIED');
  });

  test('is flagged with what happened since: a recall, a hold, a deviation', () => {
    const held = passed().change('item', THINGS.vials[0], HOLD);
    expect(enter(held).deviations).toEqual([
      `QUARANTINED_PRODUCT_GIVEN: ON_HOLD item ${THINGS.vials[0]} regulator after pass pass-1`,
    ]);
    expect(enter(recalled(passed())).deviations).toEqual([
      'RECALLED_PRODUCT_GIVEN: RECALLED batch batch-1 sterility after pass pass-1',
    ]);
    const deviating = passed().change('item', THINGS.vials[0], DEVIATION);
    expect(enter(deviating).deviations[0]).toContain('SEAL_MISMATCH after pass pass-1');
  });

  const given: Dose = {
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: VERIFIED,
    administrations: [
      {
        ...signed('hospital.physician'),
        item: THINGS.dose,
        course: 'interrupted',
        annex: 'X',
        pass: 'pass-1',
      },
    ],
  };

  test('and is told otherwise by somebody else contradicts that, and both stay', () => {
    const { deviations, changes } = enter(passed().with(given));
    expect(deviations).toEqual([`CONTRADICTING_ADMINISTRATION: complete of ${THINGS.dose}`]);
    expect(changes).toContainEqual(
      expect.objectContaining({
        administrations: [
          expect.objectContaining({ course: 'interrupted' }),
          expect.objectContaining({ course: 'complete' }),
        ],
      }),
    );
  });

  test('uses a consent outside the specification as often as one by an authorisation does', async () => {
    const exception: Exception = {
      ...{ noun: 'exception', coi: COI, id: 'exception-1', batch: 'batch-1', notified: [] },
      requested: { ...signed('hospital.physician'), explanation: DIGEST },
      evaluated: {
        ...signed('manufacturer.reviewer'),
        ...{ finding: 'supply', investigation: DIGEST, covered: [] },
      },
      accepted: { ...signed('hospital.physician'), explanation: DIGEST },
    };
    const story = passed()
      .by((each) => ({
        ...each,
        outOfSpecification: { jurisdictions: ['DE'], notificationHours: 48 },
      }))
      .change('batch', 'batch-1', (batch) => lacking(batch, 'certification'))
      .with(exception);
    const once = consent('given', { purpose: 'OOS_ADMINISTRATION', scope: { maxUses: 1 } });
    const body = recordAdministration.body.parse({
      ...{ coi: COI, dose: 'dose-1', number: 1, item: THINGS.dose, course: 'complete' },
      byPass: { pass: 'pass-1', verifications: VERIFIED },
    });
    const said = command(nurse.id, body);
    const used = await usesByPass(readerOf(once), story.whole(), said, context(nurse));
    expect(used).toMatchObject([{ purpose: 'OOS_ADMINISTRATION', consent: once.id }]);
  });

  test('holds its checks for no other dose, also where the dose was told before', () => {
    const told = { ...given, verifications: [], administrations: [] };
    const { changes } = enter(passed().with(told));
    expect(changes).toContainEqual(
      expect.objectContaining({ noun: 'dose', verifications: VERIFIED }),
    );
  });

  test('uses the pass up: scanned for a second dose, that is told with the first', () => {
    const second = enter(passed().with({ ...given, item: THINGS.vials[1] }), { dose: 'dose-2' });
    expect(second.deviations).toContainEqual('PASS_USED_TWICE: dose dose-1');
  });

  const [, other] = THINGS.vials;
  const another = (
    rest: Partial<Dose>,
    ...administrations: readonly Partial<Dose['administrations'][number]>[]
  ) =>
    passed().with({
      ...{ ...given, id: 'dose-2', number: 2, item: other, verifications: [], ...rest },
      administrations: administrations.flatMap((each) =>
        given.administrations.map((one) => ({ ...one, item: other, ...each })),
      ),
    });

  test('leaves the pass for another where nothing was given by it', () => {
    for (const change of [{ course: 'not-started' as const }, { annulled }, { pass: 'pass-2' }])
      expect(enter(another({}, change)).deviations).toEqual([]);
    expect(enter(another({}, { pass: 'pass-2' }, {})).deviations).toEqual([
      'PASS_USED_TWICE: dose dose-2',
    ]);
  });

  test('on a line, or with checks, that another dose has was authorised by nobody', () => {
    const [line = ''] = enter(another({ number: 1 }, { pass: 'pass-2' })).deviations;
    expect(line).toBe('UNAUTHORISED_ADMINISTRATION: ORDER_LINE_TAKEN');
    const [checks = ''] = enter(another({ verifications: VERIFIED })).deviations;
    expect(checks).toContain('VERIFICATION_USED');
  });

  test('alerts its physicians of what failed after the pass was issued, and of nothing before', () => {
    const story = passed().with(given);
    expect(concernsOf(failedLate('sterility', 60, story).whole())).toMatchObject([
      { cause: { kind: 'check-failed' } },
    ]);
    expect(concernsOf(failedLate('sterility', -60, story).whole())).toEqual([]);
  });

  test('by a pass that is annulled is looked at', () => {
    if (ofPass === 'never') throw new Error('a pass is annulled');
    const things = new Things([...passed().entities, given]);
    const record = recordOf('care:IssuePass', pharmacist, { commandId: issued().issued.command });
    const { changes, look } = ofPass.undo(record, things, annulled);
    expect(changes).toMatchObject([{ noun: 'dose-pass', annulled }]);
    expect(look).toMatchObject([{ id: THINGS.dose }]);
  });
});
