import { describe, expect, test } from '@jest/globals';
import { reasonsOfBedside } from './care/interlock.js';
import { collectItem, decideCollect } from './custody/collect.js';
import { decideConfirmCollection } from './custody/confirm-collection.js';
import { decideReceive, receiveItem } from './custody/receive.js';
import {
  actor,
  ancestry,
  attempt,
  batch,
  COI,
  command,
  context,
  definition,
  design,
  DIGEST,
  din,
  item,
  NOW,
  report,
  sample,
  signed,
  step,
  therapy,
  verification,
} from './example.fixture.js';
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
      },
      command(device.id, receiveItem.body.parse(body)),
      attributed,
    );
    expect(codes(decision)).toEqual(['SAME_PERSON']);
  });

  test('when a design is approved, a deviation settled, a batch certified', () => {
    const submitted = { ...design(), submitted: byDevice };
    const state = {
      therapy: therapy(),
      definition: definition([step('design', { attestedBy: 'manufacturing:ApproveDesign' })]),
      design: submitted,
      ranking: undefined,
      ancestry: ancestry(),
      consents: [],
      suspects: [],
    };
    const person = context(actor(PERSON, 'HospitalMSP', 'quality'));
    const approve = command(PERSON, { coi: COI, design: 'design-1' });
    expect(decideApproveDesign(state, approve, person)).toMatchObject(samePerson);
    const settle = command(PERSON, { coi: COI, deviation: 'D1', decision: 'permit-use' as const });
    const deviation = {
      noun: 'deviation',
      scope: { kind: 'therapy', id: COI },
      id: 'D1',
      code: 'SEAL_MISMATCH',
      classification: 'major',
      subjects: [],
      opened: byDevice,
    } as const;
    expect(decideDisposition({ deviation, subjects: [] }, settle, person)).toMatchObject(
      samePerson,
    );
    const reviewed = { ...state, batch: batch({ review: byDevice }) };
    const certify = command(PERSON, { coi: COI, batch: 'batch-1' });
    expect(decideCertifyBatch(reviewed, certify, person)).toMatchObject(samePerson);
  });

  test('when who made a batch reviews it', () => {
    const made = attempt('fill', { report: { ...report(device.id), principal: PERSON } });
    const state = {
      therapy: therapy(),
      definition: definition(),
      batch: batch(),
      ancestry: ancestry({ attempts: [made] }),
      suspects: [],
    };
    const review = command(PERSON, { coi: COI, batch: 'batch-1' });
    const decided = decideReviewBatch(
      state,
      review,
      context(actor(PERSON, 'HospitalMSP', 'quality')),
    );
    const makers = decided.decision === 'refused' ? decided.reasons : [];
    expect(makers).toContainEqual(expect.objectContaining({ code: 'MAKER', found: PERSON }));
  });

  test('when witnesses stand at the bedside', () => {
    const own = verification(PERSON, { token: 'witnessed' });
    const second = verification('x', { token: 'witnessed', by: { ...byDevice, roles: ['nurse'] } });
    const reasons = reasonsOfBedside(therapy(), definition(), din(9), [own, second], attributed);
    expect(reasons.map(({ code }) => code)).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
  });
});
