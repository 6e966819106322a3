import { describe, expect, test } from '@jest/globals';
import { reviewDue } from '../alerts/override-review.js';
import { ofOverride } from '../annulling/override.js';
import { Things } from '../annulling/things.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  namedOwn,
  NOW,
  RECIPIENT,
  signed,
} from '../example.fixture.js';
import { readerOf } from '../commands/reader.fixture.js';
import { openCells } from '../gates/open-tests.fixture.js';
import { isOverridable, notOverridden } from '../gates/override.js';
import { CELL_THINGS } from '../graph/cell-therapy.fixture.js';
import {
  DEVIATION,
  HOLD,
  honest,
  lacking,
  LOT,
  own,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Actor } from '../nouns/actor.js';
import type { Override } from '../nouns/override.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { decideReviewOverride } from '../quality/review-override.js';
import { classOf, DEVIATION_CODES } from '../values/deviation-codes.js';
import { addMinutes } from '../values/time.js';
import type { AuthoriseState } from './authorise-dose.js';
import { decideOverrideDose, overrideDose, readOverrideState } from './override-dose.js';

const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
const pharmacist = actor('hospital.pharmacist', 'HospitalMSP', 'pharmacist');
const both = actor('hospital.both', 'HospitalMSP', 'clinician', 'pharmacist');
const quality = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');

function sign(
  by: Actor,
  story: Story,
  said: object = {},
  rest: Partial<AuthoriseState> & { readonly minutes?: number } = {},
) {
  const body = overrideDose.body.parse({
    coi: COI,
    dose: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: [],
    reason: 'life-threatening',
    continueAfterLapse: false,
    ...said,
  });
  const whole = story.whole();
  const item = story.find('item', body.item);
  const { minutes = 0, ...state } = rest;
  const at = addMinutes(NOW, minutes);
  return decideOverrideDose(
    {
      therapy: whole.therapy,
      whole,
      named: namedOwn(item),
      ancestry: upstreamOf(whole, [{ kind: 'item', ...own(item.id) }]),
      consents: [consent('given')],
      recipient: RECIPIENT,
      suspects: [],
      ...state,
    },
    command(by.id, body, { at, annex: { explanation: DIGEST } }),
    context(by, { transactionTime: at }),
  );
}
const codes = (decided: ReturnType<typeof sign>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];
const changed = (decided: ReturnType<typeof sign>) =>
  decided.decision === 'permitted' ? decided.changes : [];
const after = (story: Story, ...decided: readonly ReturnType<typeof sign>[]) =>
  story.with(...decided.flatMap(changed));
/** The override of the last decision, as the ledger then has it. */
const overrideIn = (decided: ReturnType<typeof sign>) =>
  changed(decided).find((each): each is Override => each.noun === 'override');

const held = honest().change('item', THINGS.dose, HOLD);

describe('an emergency override', () => {
  test('authorises a dose once a physician and a pharmacist have both signed', () => {
    const first = sign(physician, held);
    expect(first).toMatchObject({
      decision: 'permitted',
      changes: [{ noun: 'override', id: 'dose-1', missing: ['pharmacist'] }],
    });
    expect(overrideIn(first)).not.toHaveProperty('authorised');
    const second = sign(pharmacist, after(held, first));
    expect(second).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'override',
          missing: [],
          authorised: { actor: pharmacist.id },
          signatures: [{ actor: physician.id }, { actor: pharmacist.id }],
          overridden: [
            { code: 'ON_HOLD', found: 'regulator' },
            { code: 'NOT_VERIFIED' },
            { code: 'TOKEN_NOT_READ' },
          ],
        },
        { noun: 'dose', id: 'dose-1', authorised: { actor: physician.id }, verifications: [] },
        { noun: 'dose-line', number: 1, dose: 'dose-1' },
      ],
    });
  });

  test('may begin with the pharmacist, and is authorised from the physician’s signature on', () => {
    const first = sign(pharmacist, held);
    expect(overrideIn(first)?.missing).toEqual(['clinician']);
    const second = sign(physician, after(held, first), {}, { minutes: 5 });
    const at = addMinutes(NOW, 5);
    expect(second).toMatchObject({
      changes: [{}, { authorised: { actor: physician.id, at } }, {}],
    });
  });

  test('is never signed by one person for both', () => {
    const first = sign(both, held);
    expect(overrideIn(first)?.missing).toEqual(['clinician', 'pharmacist']);
    expect(codes(sign(both, after(held, first)))).toEqual(['SAME_PERSON']);
    const deputy = actor('hospital.deputy', 'HospitalMSP', 'clinician');
    expect(codes(sign(deputy, after(held, sign(physician, held))))).toEqual(['NOT_ASKED_TO_SIGN']);
    expect(sign(physician, after(held, first))).toMatchObject({
      changes: [{}, { authorised: { actor: physician.id } }, {}],
    });
  });

  test('names each test that is open, and keeps which they were', () => {
    const item = CELL_THINGS.dose;
    const open = openCells().change('item', item, HOLD);
    expect(codes(sign(physician, open, { item }))).toEqual(['OPEN_TEST_NOT_NAMED']);
    const named = { item, openTests: ['sterility-test'] };
    const first = sign(physician, open, named);
    expect(sign(pharmacist, after(open, first), named)).toMatchObject({
      changes: [{}, { noun: 'dose', openTests: ['sterility-test'] }, {}],
    });
  });

  test('is of what both knew, and not of another hold of the same reason', () => {
    const again = { blockers: [...HOLD.blockers, { ...HOLD.blockers[0], id: 'hold-2' }] };
    const half = after(held, sign(physician, held));
    expect(codes(sign(pharmacist, half.change('item', THINGS.dose, again)))).toEqual([
      'OTHER_REQUEST',
    ]);
  });

  test('is of one and the same thing for both', () => {
    const first = sign(physician, held);
    const other = { reason: 'product-would-perish' };
    expect(codes(sign(pharmacist, after(held, first), other))).toEqual(['OTHER_REQUEST']);
  });

  test('overrides what both knew: what was stated between the two is for both to sign anew', () => {
    const half = after(held, sign(physician, held));
    const since = half.change('item', THINGS.vials[0], DEVIATION);
    expect(codes(sign(pharmacist, since))).toEqual(['OTHER_REQUEST']);
    const lifted = half.change('item', THINGS.dose, { blockers: [] });
    expect(codes(sign(pharmacist, lifted))).toEqual(['permitted']);
    expect(codes(sign(pharmacist, half.change('item', THINGS.dose, { useBy: NOW })))).toEqual([
      'permitted',
    ]);
  });

  test('is of each thing that stands against the dose, told from others by what it is about and by what', () => {
    const handed = (story: Story, id: string) =>
      story.change('item', id, { handOff: { id: 'hand-off-1', verdict: 'pending' } });
    const [vial] = THINGS.vials;
    const one = handed(held, vial);
    const half = after(one, sign(physician, one));
    expect(codes(sign(pharmacist, half))).toEqual(['permitted']);
    expect(codes(sign(pharmacist, handed(half, THINGS.template)))).toEqual(['OTHER_REQUEST']);
    const turnedDown = half.change('item', vial, {
      handOff: { id: 'hand-off-1', verdict: 'rejected' },
    });
    expect(codes(sign(pharmacist, turnedDown))).toEqual(['OTHER_REQUEST']);
    const late = { lots: [LOT] };
    const expired = half.change('lot', LOT, { expiry: NOW }).report('fill-finish/1', late);
    expect(codes(sign(pharmacist, expired))).toContain('OTHER_REQUEST');
  });

  test('lets through what both decided on, once both have signed, and nothing that came since', () => {
    const reasons = [{ code: 'EXPIRED', subject: 'item A', found: NOW }] as const;
    const whole = held.whole();
    const half = overrideIn(sign(physician, held));
    if (!half) throw new Error('the physician signed nothing');
    const known = { ...half, overridden: [...reasons] };
    const both = { ...known, authorised: signed(physician.id) };
    const since = { code: 'LOT_EXPIRED', subject: 'item A', found: NOW } as const;
    expect(notOverridden(whole, reasons, undefined)).toEqual(reasons);
    expect(notOverridden(whole, reasons, known)).toEqual(reasons);
    expect(notOverridden(whole, [...reasons, since], both)).toEqual([since]);
    const annulled = { ...both, annulled: signed(quality.id) };
    expect(notOverridden(whole, reasons, annulled)).toEqual(reasons);
  });

  test('is authorised on no half that stolen keys signed', async () => {
    const signed = overrideIn(sign(physician, held));
    if (!signed) throw new Error('the physician signed nothing');
    const own = `${'B'.repeat(42)}A`;
    const signatures = signed.signatures.map((each) => ({ ...each, command: own }));
    const half = held.with({ ...signed, signatures });
    const body = overrideDose.body.parse({
      ...{ coi: COI, dose: 'dose-1', number: 1, item: THINGS.dose, verifications: [] },
      ...{ reason: 'life-threatening', continueAfterLapse: false },
    });
    const compromised = { at: NOW, by: 'x', reason: 'key-compromised', compromisedSince: NOW };
    const { definition } = half;
    const { process } = half.find('therapy', COI);
    const reader = readerOf(
      { ...physician, revocation: compromised },
      { noun: 'process', ...process, definition, publishedBy: 'x', at: NOW },
      ...half.entities,
    );
    const { suspects } = await readOverrideState(reader, body, context(pharmacist));
    expect(suspects).toMatchObject([{ subject: 'dose dose-1', actor: physician.id }]);
    expect(codes(sign(pharmacist, half, {}, { suspects }))).toEqual(['SUSPECT_SIGNATURE']);
  });

  test('that is half signed counts as long as an authorisation does, and then begins anew', () => {
    const first = after(held, sign(physician, held));
    const { authorisationMinutes: last } = held.definition;
    expect(overrideIn(sign(pharmacist, first, {}, { minutes: last }))?.signatures).toHaveLength(2);
    const anew = sign(pharmacist, first, {}, { minutes: last + 1 });
    expect(overrideIn(anew)).toMatchObject({ missing: ['clinician'], signatures: [{}] });
  });

  test('is of no use where nothing stands against the dose', () => {
    const verifications = ['verification-hospital.nurse', 'verification-hospital.clinician'];
    expect(codes(sign(physician, honest(), { verifications }))).toEqual(['NOTHING_TO_OVERRIDE']);
  });

  const dose = (change: object) =>
    honest().change('item', THINGS.dose, (thing) => ({ ...thing, ...change }));
  const deviating = (code: string) => dose({ blockers: [{ kind: 'deviation', id: 'D1', code }] });

  test.each<[string, Story]>([
    ['an open deviation of its seal', honest().change('item', THINGS.vials[0], DEVIATION)],
    ['a result of quality out of its limits', deviating('RESULT_OUT_OF_LIMITS')],
    ['an in-use time that is over', dose({ useBy: NOW })],
    ['a receipt that nobody signed', dose({ custody: 'in-transit' })],
    ['a batch past its expiry', honest().change('batch', 'batch-1', { expiry: NOW })],
  ])('overrides %s', (_name, story) => {
    expect(codes(sign(physician, story))).toEqual(['permitted']);
  });

  const RECALL = { ...honest().find('batch', 'batch-1').recorded, reason: 'sterility' } as const;
  const mismatch = (rest: object) =>
    honest().change('verification', 'verification-hospital.nurse', (each) => ({
      ...each,
      matches: false,
      ...rest,
    }));

  test.each<[string, Story, Partial<AuthoriseState>, string]>([
    [
      'a recall of its batch',
      honest().change('batch', 'batch-1', { recall: RECALL }),
      {},
      'RECALLED',
    ],
    ['a mismatch at the bedside', mismatch({}), {}, 'IDENTITY_MISMATCH'],
    ['a suspected identity', deviating('IDENTITY_SUSPECTED'), {}, 'DEVIATION_OPEN'],
    ['a thing that was scanned elsewhere', deviating('FOREIGN_ITEM'), {}, 'DEVIATION_OPEN'],
    ['a suspected contamination', deviating('CONTAMINATION_SUSPECTED'), {}, 'DEVIATION_OPEN'],
    ['a broken chain', honest().without('dataset', 'hla'), {}, 'BROKEN_CHAIN'],
    [
      'a missing certification',
      honest().change('batch', 'batch-1', (each) => lacking(each, 'certification')),
      {},
      'BATCH_NOT_RELEASED',
    ],
    [
      'a failed check of safety',
      honest().judge('release-tests/1', { sterility: 'fail' }),
      {},
      'CHECK_FAILED',
    ],
    [
      'a failed check of identity',
      honest().judge('calling/1', { concordance: 'fail' }),
      {},
      'CHECK_FAILED',
    ],
    [
      'what quality rejected',
      dose({ blockers: [{ kind: 'rejected', id: 'D1', code: 'SEAL_MISMATCH' }] }),
      {},
      'REJECTED',
    ],
    ['the patient’s no', honest(), { consents: [consent('refused')] }, 'CONSENT_DENIED'],
    ['a thing that was given already', dose({ custody: 'administered' }), {}, 'NOT_IN_CUSTODY'],
  ])('never overrides %s, by neither of the two', (_name, story, rest, code) => {
    expect(codes(sign(physician, story, {}, rest))).toContain(code);
    const half = after(held, sign(pharmacist, held)).find('override', 'dose-1');
    expect(codes(sign(physician, story.with(half), {}, rest))).toContain(code);
  });

  test('says precisely what it does not override, and nothing of what it would', () => {
    const both = held.change('batch', 'batch-1', { recall: RECALL });
    expect(sign(physician, both)).toEqual({
      decision: 'refused',
      reasons: [{ code: 'RECALLED', subject: 'batch batch-1', found: 'sterility' }],
    });
  });

  test('of an old mismatch is asked for again once both have checked afresh', () => {
    const earlier = {
      by: {
        ...mismatch({}).find('verification', 'verification-hospital.nurse').by,
        time: addMinutes(NOW, -30),
      },
    };
    const fresh = honest().find('verification', 'verification-hospital.nurse');
    const story = mismatch(earlier).with({ ...fresh, id: 'fresh' });
    const verified = ['fresh', 'verification-hospital.clinician'];
    expect(codes(sign(physician, story, { verifications: verified }))).toEqual([
      'NOTHING_TO_OVERRIDE',
    ]);
    expect(codes(sign(physician, mismatch(earlier)))).toEqual(['IDENTITY_MISMATCH']);
  });

  test('never overrides a deviation of identity, contamination, compromise or safety', () => {
    const overridable = DEVIATION_CODES.filter((code) =>
      isOverridable({ code: 'DEVIATION_OPEN', found: code }),
    );
    const classes = new Set(overridable.map(classOf));
    expect([...classes].sort()).toEqual(['condition', 'evidence', 'record']);
  });

  test('ends when either of the two signed in error, and the dose may not be given', () => {
    const first = sign(physician, held);
    const second = sign(pharmacist, after(held, first));
    const [override, given] = changed(second);
    if (!override || !given || ofOverride === 'never') throw new Error('nothing to annul');
    const [{ command: commandId } = { command: DIGEST }] =
      override.noun === 'override' ? override.signatures : [];
    const record = recordOf('care:OverrideDose', physician, { commandId });
    const by = held.find('therapy', COI).ordered;
    const { changes = [] } = ofOverride.undo(record, new Things([override, given]), by);
    expect(changes).toMatchObject([{ noun: 'dose' }, { noun: 'override', annulled: by }]);
    expect(changes[0]).not.toHaveProperty('authorised');
  });
});

describe('quality reviews an override', () => {
  const first = sign(physician, held);
  const override = overrideIn(sign(pharmacist, after(held, first)));

  function review(by: Actor, of: Override | undefined, minutes = 60) {
    const at = addMinutes(NOW, minutes);
    return decideReviewOverride(
      { override: of, definition: held.definition },
      command(
        by.id,
        { coi: COI, dose: 'dose-1', finding: 'justified' },
        { at, annex: { investigation: DIGEST } },
      ),
      context(by, { transactionTime: at }),
    );
  }

  test('within a day, and says how late it is after that', () => {
    expect(override && reviewDue(held.definition, override)).toBe(addMinutes(NOW, 1440));
    expect(review(quality, override)).toMatchObject({
      changes: [{ reviewed: { finding: 'justified', overdueMinutes: 0, actor: quality.id } }],
    });
    expect(review(quality, override, 1500)).toMatchObject({
      changes: [{ reviewed: { overdueMinutes: 60 } }],
    });
  });

  test('once, by nobody who signed it, and not before two have', () => {
    const reviewed = overrideIn(review(quality, override));
    expect(codes(review(quality, reviewed))).toEqual(['ALREADY_REVIEWED']);
    expect(codes(review(physician, override))).toEqual(['SAME_PERSON']);
    expect(codes(review(quality, overrideIn(first)))).toEqual(['UNKNOWN_OVERRIDE']);
    expect(codes(review(quality, undefined))).toEqual(['UNKNOWN_OVERRIDE']);
  });
});
