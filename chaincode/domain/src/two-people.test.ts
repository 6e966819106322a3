import { describe, expect, test } from '@jest/globals';
import { collectItem, decideCollect } from './custody/collect.js';
import { reasonsAgainstSecond } from './quality/same-words.js';
import { decideConfirmCollection } from './custody/confirm-collection.js';
import { decideReceive, receiveItem } from './custody/receive.js';
import { reasonsOfBedside } from './gates/bedside.js';
import { upstreamWithTests } from './graph/evidence.js';
import { honest, type Story, THINGS } from './graph/honest-therapy.fixture.js';
import {
  actor,
  COI,
  command,
  context,
  definition,
  DIGEST,
  din,
  item,
  NOW,
  sample,
  signed,
  therapy,
  verification,
  NO_USE,
  RECIPIENT,
} from './example.fixture.js';
import { peopleIn } from './nouns/signed.js';
import { decideDisposition } from './manufacturing/record-disposition.js';
import { decideApproveDesign } from './manufacturing/approve-design.js';
import { decideCertifyBatch } from './manufacturing/certify-batch.js';
import { decideReviewBatch } from './manufacturing/review-batch.js';

const PERSON = 'hospital.nurse';
const device = actor('hospital.scanner', 'HospitalMSP', 'nurse', 'quality', 'release-person');
/** what the device signs while the person's session is open */
const attributed = context(device, { principal: PERSON });
const byDevice = { ...signed(device.id), principal: PERSON };
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);
const codesOf = (reasons: readonly { readonly code: string }[]) => reasons.map(({ code }) => code);
const reasonOfSamePerson: unknown = expect.objectContaining({ code: 'SAME_PERSON' });
const reasons: unknown = expect.arrayContaining([reasonOfSamePerson]);
const samePerson = { decision: 'refused', reasons };

describe('one person with a device is not two people', () => {
  test('when a sample is confirmed, or confirmed by a second one', () => {
    const named = {
      id: din(1),
      known: 'own' as const,
      item: sample({ collected: { by: PERSON, occasion: 'visit-1' } }),
    };
    const confirm = command(device.id, { coi: COI, item: din(1) });
    expect(codes(decideConfirmCollection({ named }, confirm, attributed))).toEqual(['SAME_PERSON']);
    const body = collectItem.body.parse({
      coi: COI,
      item: din(2),
      kind: 'tumour',
      occasion: 'visit-2',
      confirms: din(1),
    });
    const second = decideCollect(
      {
        therapy: therapy(),
        definition: definition(),
        named: { id: din(2), known: 'never' },
        confirms: named.item,
        unidentified: [],
        use: NO_USE,
      },
      command(device.id, body),
      attributed,
    );
    expect(codes(second)).toEqual(['SECOND_COLLECTION_NOT_INDEPENDENT']);
    expect(second.changes[0]).toMatchObject({
      collected: { by: PERSON },
      holder: { actor: device.id, principal: PERSON },
      signatures: [{ actor: device.id, principal: PERSON }],
    });
  });

  test('when the halves of a hand-off are signed', () => {
    const half = { seals: [], condition: 'intact', labelRead: din(1) } as const;
    const body = { coi: COI, item: din(1), handOff: 'h', verdict: 'accepted', ...half };
    const release = {
      ...half,
      command: DIGEST,
      by: { organisation: 'CourierMSP', actor: PERSON },
      to: 'HospitalMSP',
      at: NOW,
      identityCheck: 'match',
    };
    const decision = decideReceive(
      {
        named: { id: din(1), known: 'own', item: item({ custody: 'in-transit' }) },
        handOff: { noun: 'hand-off', coi: COI, id: 'h', item: din(1), release, receipts: [] },
        returnedIn: undefined,
      },
      command(device.id, receiveItem.body.parse(body)),
      attributed,
    );
    expect(codes(decision)).toEqual(['SAME_PERSON']);
  });

  test('when a design is approved, a deviation settled, a batch certified', () => {
    const person = context(actor(PERSON, 'HospitalMSP', 'quality'));
    const approve = command(PERSON, { coi: COI, design: 'design-1' });
    const submitted = honest().change('design', 'design-1', { submitted: byDevice });
    expect(decideApproveDesign(stateOf(submitted), approve, person)).toMatchObject(samePerson);
    const ref = { kind: 'therapy', coi: COI } as const;
    const decision = 'permit-use' as const;
    const settle = command(PERSON, { coi: COI, deviation: 'D1', subject: ref, decision });
    const deviation = {
      noun: 'deviation',
      scope: { kind: 'therapy', id: COI },
      id: 'D1',
      code: 'SEAL_MISMATCH',
      classification: 'major',
      subjects: [{ ref }],
      opened: byDevice,
    } as const;
    const stopped = { deviation, thing: therapy() };
    expect(decideDisposition(stopped, settle, person)).toMatchObject(samePerson);
    const reviewed = honest().change('batch', 'batch-1', { review: byDevice });
    const certify = command(PERSON, { coi: COI, batch: 'batch-1' });
    expect(decideCertifyBatch(stateOf(reviewed), certify, person)).toMatchObject(samePerson);
  });

  test('when who made a batch reviews it', () => {
    const story = honest().report('fill-finish/1', byDevice);
    const review = command(PERSON, { coi: COI, batch: 'batch-1' });
    const decided = decideReviewBatch(
      stateOf(story),
      review,
      context(actor(PERSON, 'HospitalMSP', 'quality')),
    );
    const makers = decided.decision === 'refused' ? decided.reasons : [];
    expect(makers).toContainEqual(expect.objectContaining({ code: 'MAKER', found: PERSON }));
  });

  test('when witnesses stand at the bedside', () => {
    const own = verification(PERSON, { token: 'witnessed' });
    const second = verification('x', { token: 'witnessed', by: { ...byDevice, roles: ['nurse'] } });
    const whole = honest().without('verification', own.id).with(own, second).whole();
    const reasons = reasonsOfBedside(whole, THINGS.dose, [own.id, second.id], NOW);
    expect(reasons.map(({ code }) => code)).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
  });
});

describe('one actor who is named as another natural person since is not two people', () => {
  const [before, since] = ['b', 's'].map((each) => each.repeat(42) + 'A');
  const somebody = actor(PERSON, 'HospitalMSP', 'quality', 'release-person', 'clinician');
  const restated = context(somebody, { person: since });
  const by = { ...signed(PERSON), person: before ?? '' };

  test('when a design is approved, a batch reviewed and certified', () => {
    const submitted = honest().change('design', 'design-1', { submitted: by });
    const approve = command(PERSON, { coi: COI, design: 'design-1' });
    expect(decideApproveDesign(stateOf(submitted), approve, restated)).toMatchObject(samePerson);
    const certify = command(PERSON, { coi: COI, batch: 'batch-1' });
    const reviewed = honest().change('batch', 'batch-1', { review: by });
    expect(decideCertifyBatch(stateOf(reviewed), certify, restated)).toMatchObject(samePerson);
    const made = honest().report('fill-finish/1', by);
    const decided = decideReviewBatch(stateOf(made), certify, restated);
    const makers = decided.decision === 'refused' ? decided.reasons : [];
    expect(makers).toContainEqual(expect.objectContaining({ code: 'MAKER', found: PERSON }));
  });

  test('when two sign the same', () => {
    const first = { ...by, organisation: 'HospitalMSP', roles: ['clinician' as const] };
    const half = { subject: 'dose 1', signatures: [first], missing: ['clinician' as const] };
    expect(codesOf(reasonsAgainstSecond({ ...half, words: {} }, {}, restated))).toEqual([
      'SAME_PERSON',
    ]);
  });

  test('when checks at the bedside are counted', () => {
    const own = verification(PERSON, { by: { ...by, roles: ['nurse'] } });
    const again = verification('x', { by: { ...own.by, person: since ?? '' } });
    const whole = honest().without('verification', own.id).with(own, again).whole();
    const reasons = reasonsOfBedside(whole, THINGS.dose, [own.id, again.id], NOW);
    expect(codesOf(reasons)).toEqual(['NOT_VERIFIED']);
  });

  test('however many names one shares with another', () => {
    const known = (name: string, person: string) => ({ actor: name, person });
    expect(peopleIn([known('a', 'x'), known('b', 'y'), known('a', 'y')])).toBe(1);
    expect(peopleIn([known('a', 'x'), known('b', 'y'), { actor: 'c' }])).toBe(3);
    expect(peopleIn([])).toBe(0);
  });
});

/** What the gates know of a story's batch and design. */
function stateOf(story: Story) {
  const whole = story.whole();
  const tested = upstreamWithTests(whole, [{ kind: 'batch', id: 'batch-1' }]);
  return {
    therapy: whole.therapy,
    whole,
    batch: whole.batches.get('batch-1'),
    ancestry: tested,
    tested,
    consents: [],
    recipient: RECIPIENT,
    suspects: [],
  };
}
