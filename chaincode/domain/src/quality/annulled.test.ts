import { describe, expect, test } from '@jest/globals';
import {
  actor,
  attempt,
  batch,
  dataset,
  design,
  din,
  item,
  NOW,
  report,
  sample,
  signed,
  therapy,
  verification,
} from '../example.fixture.js';
import { signedLater, statedAlert } from '../alerts/given.fixture.js';
import { earlyRecallOfBatch } from '../manufacturing/recall-batch.js';
import type { Deviation } from '../nouns/deviation.js';
import type { EarlyRecall } from '../nouns/early-recall.js';
import type { Dose } from '../nouns/dose.js';
import type { Verification } from '../nouns/verification.js';
import { Things } from '../annulling/things.js';
import type { HandOff } from '../nouns/hand-off.js';
import type { Readings } from '../nouns/readings.js';
import { refOf } from '../nouns/reference.js';
import {
  annulmentIn,
  MISTAKEN,
  nurse,
  operator,
  otherQuality,
  pharmacist,
  quality,
  recordOf,
  releasePerson,
  sign,
  signAll,
  SLIP,
  written,
} from './annul-record.fixture.js';

const OTHER = `${'B'.repeat(42)}A`;
const blockersOf = (
  thing: { readonly blockers: readonly { readonly code: string }[] } | undefined,
) => thing?.blockers.map(({ code }) => code);

const authorisedDose: Dose = {
  noun: 'dose',
  coi: item().coi,
  id: 'dose-1',
  number: 1,
  verifications: [],
  item: din(1),
  authorised: signed('hospital.clinician'),
  administrations: [],
};

describe('what follows', () => {
  const both = [releasePerson, quality];

  test('a batch is no batch any more, its vials are loose, and last as long as what they were made of', () => {
    const parent = item({ id: din(3), useBy: '2030-01-01T00:00:00.000Z' });
    const made = { kind: 'vial', batch: 'batch-1', parents: [{ coi: item().coi, id: din(3) }] };
    const vial = item({ id: din(1), ...made, useBy: batch().expiry });
    const sooner = item({ id: din(2), ...made, useBy: NOW });
    const things = [batch({ vials: [din(1), din(2)] }), parent, vial, sooner];
    const decision = signAll(both, recordOf('manufacturing:RecordBatch', operator), things);
    expect(written(decision, 'batch')).toMatchObject([{ blockers: [{ kind: 'annulled' }] }]);
    const vials = written(decision, 'item');
    expect(vials).toMatchObject([{ useBy: parent.useBy }, { useBy: NOW }]);
    expect(vials.map((each) => each.batch)).toEqual([undefined, undefined]);
  });

  test('a collected thing is unidentified, and usable by its right collection alone', () => {
    const collected = sample({ signatures: [signed('hospital.collector')] });
    const decision = signAll([releasePerson, pharmacist], recordOf('custody:CollectItem', nurse), [
      collected,
      sample({ id: din(7), signatures: [] }),
    ]);
    const [found, ...others] = written(decision, 'item');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: collected.id, kind: 'unidentified' });
    expect(found?.collected).toBeUndefined();
    expect(blockersOf(found)).toEqual(['UNIDENTIFIED_ITEM']);
  });

  test('a collection waits for a second person again', () => {
    const confirmed = sample({ signatures: [signed('hospital.clinician')] });
    const record = { ...recordOf('custody:ConfirmCollection', nurse), actor: 'hospital.clinician' };
    const [found] = written(signAll([releasePerson, pharmacist], record, [confirmed]), 'item');
    expect(found?.collected).toEqual({ by: 'hospital.collector', occasion: 'visit-1' });
    expect(blockersOf(found)).toEqual(['ENTERED_IN_ERROR']);
  });

  test('of what was measured in error nobody knows how warm it was, until quality has looked', () => {
    const read: Readings = {
      ...{ noun: 'readings', coi: item().coi, id: MISTAKEN, item: din(1), logger: 'logger-1' },
      ...{ count: 1, minC: 4, maxC: 4, from: NOW, until: NOW, excursions: 0 },
      recorded: signed(nurse.id),
    };
    const things = [read, item({ id: din(1) }), item({ id: din(2) })];
    const wrong = recordOf('custody:RecordReadings', nurse);
    const decision = signAll([pharmacist, quality], wrong, things);
    expect(written(decision, 'readings')).toMatchObject([{ annulled: {} }]);
    expect(written(decision, 'item').map((each) => [each.id, blockersOf(each)])).toEqual([
      [din(1), ['ENTERED_IN_ERROR']],
    ]);
  });

  test('what was derived is unidentified, and what nothing else used is back', () => {
    const used = { custody: 'consumed' as const };
    const parents = [din(1), din(2)].map((id) => ({ coi: item().coi, id }));
    const child = item({ id: din(3), parents, signatures: [signed('lab.operator')] });
    const other = item({ id: din(4), parents: parents.slice(1) });
    const things = [item({ id: din(1), ...used }), item({ id: din(2), ...used }), child, other];
    const decision = signAll(both, recordOf('custody:DeriveItem', operator), things);
    expect(written(decision, 'item')).toMatchObject([
      { id: din(3), kind: 'unidentified', parents: [] },
      { id: din(1), custody: 'in-custody' },
    ]);
  });

  test('a report counts for nothing but its failed checks, and what it made is unidentified', () => {
    const verdicts = [{ check: 'sterility', verdict: 'fail' as const }];
    const inputs = [{ coi: item().coi, id: din(1) }];
    const done = attempt('template', {
      report: report(operator.id, { verdicts, inputs, design: 'design-9' }),
    });
    const producedBy = { step: 'template', attempt: 1 };
    const things = [
      done,
      item({ id: din(1), custody: 'consumed' }),
      item({ id: din(2), kind: 'template', producedBy }),
      dataset({ producedBy }),
    ];
    const decision = signAll(both, recordOf('manufacturing:ReportStep', operator), things);
    expect(written(decision, 'step')).toMatchObject([
      { report: { verdicts }, blockers: [{ kind: 'annulled' }] },
    ]);
    expect(written(decision, 'dataset')).toMatchObject([{ blockers: [{ kind: 'annulled' }] }]);
    expect(
      written(decision, 'item').map((each) => [each.id, each.custody, blockersOf(each)]),
    ).toEqual(
      expect.arrayContaining([
        [din(2), 'in-custody', ['UNIDENTIFIED_ITEM']],
        [din(1), 'in-custody', ['ENTERED_IN_ERROR']],
      ]),
    );
  });

  test('a design is no design, and an approval is to be given again', () => {
    const submitted = recordOf('manufacturing:SubmitDesign', operator);
    expect(written(signAll(both, submitted, [design()]), 'design')).toMatchObject([
      { blockers: [{ kind: 'annulled' }] },
    ]);
    const approved = recordOf('manufacturing:ApproveDesign', quality);
    const [waiting] = written(
      signAll([releasePerson, otherQuality], approved, [design()]),
      'design',
    );
    expect([waiting?.approved, blockersOf(waiting)]).toEqual([undefined, ['ENTERED_IN_ERROR']]);
  });

  test('what was lost and is found may be used once quality has looked at it', () => {
    const gone = { ...signed(nurse.id), method: 'incinerated', reason: 'expired' } as const;
    const lost = item({ custody: 'disposed', disposed: gone });
    const signers = [quality, pharmacist];
    const record = recordOf('custody:DisposeItem', nurse);
    const things = [
      lost,
      item({ id: din(7), custody: 'disposed', disposed: { ...gone, command: OTHER } }),
      item({ id: din(8), custody: 'consumed', disposed: gone }),
    ];
    const [found, ...others] = written(signAll(signers, record, things), 'item');
    expect(others).toEqual([]);
    expect([found?.custody, blockersOf(found)]).toEqual(['in-custody', ['ENTERED_IN_ERROR']]);
    expect(found).not.toHaveProperty('disposed');
  });

  test.each([
    ['lost', [{ id: 'D1', code: 'FOUND_AGAIN', classification: 'major' }]],
    ['in-custody', [{ id: 'D1', code: 'NOT_LOST', classification: 'minor' }]],
  ] as const)('what was found by mistake is %s, as before', (custody, deviations) => {
    const thing = item({ signatures: [{ ...signed(nurse.id), command: MISTAKEN }] });
    const record = recordOf('custody:ReportFound', nurse, { deviations: [...deviations] });
    const [found] = written(signAll([quality, pharmacist], record, [thing]), 'item');
    expect([found?.custody, blockersOf(found)]).toEqual([custody, ['ENTERED_IN_ERROR']]);
  });

  test('a thing that was never released never left, and one that was never received is on its way', () => {
    const half = {
      command: MISTAKEN,
      by: { organisation: 'HospitalMSP', actor: nurse.id },
      at: NOW,
      seals: [],
      condition: 'intact',
      labelRead: 'absent',
    };
    const handOff: HandOff = {
      noun: 'hand-off',
      coi: item().coi,
      id: 'hand-off-1',
      item: din(1),
      release: { ...half, to: 'LabMSP', identityCheck: 'match' },
      receipts: [],
    };
    const pending = {
      id: 'hand-off-1',
      verdict: 'pending',
      from: 'HospitalMSP',
      to: 'LabMSP',
    } as const;
    const underWay = item({ custody: 'in-transit', handOff: pending });
    const signers = [quality, pharmacist];
    const released = signAll(signers, recordOf('custody:ReleaseItem', nurse), [handOff, underWay]);
    expect(written(released, 'hand-off')).toMatchObject([{ annulled: [MISTAKEN], receipts: [] }]);
    expect(written(released, 'hand-off')[0]?.release).toBeUndefined();
    expect(written(released, 'item')).toMatchObject([{ custody: 'in-custody' }]);
    expect(written(released, 'item')[0]?.handOff).toBeUndefined();

    const byLab = { organisation: 'LabMSP', actor: operator.id };
    const sent = {
      ...handOff,
      release: { ...half, command: OTHER, to: 'LabMSP', identityCheck: 'match' },
    };
    const receipts = [{ ...half, by: byLab, verdict: 'accepted' as const }];
    const here = item({ holder: byLab, handOff: { ...pending, verdict: 'accepted' } });
    const things = [{ ...sent, receipts }, here];
    const received = signAll(
      [quality, otherQuality],
      recordOf('custody:ReceiveItem', operator),
      things,
    );
    expect(written(received, 'item')).toMatchObject([
      { custody: 'in-transit', holder: half.by, handOff: { verdict: 'pending' } },
    ]);
    expect(written(received, 'hand-off')).toMatchObject([{ receipts: [], annulled: [MISTAKEN] }]);
  });

  test('an administration is marked, its line stays used, and what was not given is looked at', () => {
    const given = {
      ...signed(nurse.id),
      item: din(1),
      course: 'complete',
      annex: MISTAKEN,
    } as const;
    const dose: Dose = {
      noun: 'dose',
      coi: item().coi,
      id: 'dose-1',
      number: 1,
      verifications: [],
      item: din(1),
      administrations: [given],
    };
    const things = [dose, item({ custody: 'administered' })];
    const decision = signAll(
      [nurse, pharmacist, quality],
      recordOf('care:RecordAdministration', nurse),
      things,
    );
    expect(written(decision, 'dose')).toMatchObject([
      { administrations: [{ annulled: { actor: quality.id } }] },
    ]);
    expect(written(decision, 'dose-line')).toEqual([]);
    const [back] = written(decision, 'item');
    expect([back?.custody, blockersOf(back)]).toEqual(['in-custody', ['ENTERED_IN_ERROR']]);
  });

  test('a further line takes nothing more, and stays in the place of the other', () => {
    const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
    const record = recordOf('therapy:OrderLine', clinician);
    const { orderLines } = therapy();
    const further = orderLines.map((line) => ({
      ...line,
      ...{ dose: 2, replaces: 1, ordered: signed(clinician.id) },
    }));
    const things = new Things([therapy({ orderLines: [...orderLines, ...further] })]);
    const earlier = annulmentIn(sign(quality, record, [], { things }));
    const decision = sign(pharmacist, record, [], { things, earlier });
    expect(written(decision, 'therapy')).toMatchObject([
      { orderLines: [{ dose: 1 }, { dose: 2, replaces: 1, annulled: { actor: pharmacist.id } }] },
    ]);
    expect(written(decision, 'therapy')[0]?.orderLines[0]?.annulled).toBeUndefined();
  });

  test('a disposition is open again, and the deviation itself is settled only by another', () => {
    const thing = item({ cleared: [signed(quality.id), { ...signed('x'), command: OTHER }] });
    const deviation: Deviation = {
      noun: 'deviation',
      scope: { kind: 'therapy', id: thing.coi },
      id: 'D1',
      code: 'SEAL_MISMATCH',
      classification: 'major',
      subjects: [
        { ref: refOf(thing), disposition: { ...signed(quality.id), decision: 'permit-use' } },
      ],
      opened: { ...signed(nurse.id), command: OTHER },
    };
    const settled = recordOf('manufacturing:RecordDisposition', quality);
    const decision = signAll([releasePerson, otherQuality], settled, [deviation, thing]);
    expect(written(decision, 'deviation')).toMatchObject([
      { subjects: [{ ref: refOf(thing) }], reopened: { actor: otherQuality.id } },
    ]);
    expect(written(decision, 'deviation')[0]?.subjects[0]?.disposition).toBeUndefined();
    const [stopped] = written(decision, 'item');
    expect([blockersOf(stopped), stopped?.cleared?.length]).toEqual([['SEAL_MISMATCH'], 1]);
  });

  test('a deviation keeps stopping what it is about, and is known as a mistake', () => {
    const thing = item({ blockers: [{ kind: 'deviation', id: 'D1', code: 'IDENTITY_SUSPECTED' }] });
    const deviation: Deviation = {
      noun: 'deviation',
      scope: { kind: 'therapy', id: thing.coi },
      id: 'D1',
      code: 'IDENTITY_SUSPECTED',
      classification: 'major',
      subjects: [{ ref: refOf(thing) }],
      opened: signed(nurse.id),
    };
    const told = recordOf('manufacturing:ReportDeviation', nurse);
    const decision = signAll([releasePerson, pharmacist], told, [deviation, thing]);
    expect(written(decision, 'deviation')).toMatchObject([{ id: 'D1', annulled: {} }]);
    expect(written(decision, 'item')).toEqual([]);
  });

  test('a recalled batch is looked at before it is used', () => {
    const recall = { ...signed(quality.id), reason: 'sterility' };
    const recorded = { ...signed('x'), command: OTHER };
    const called = recordOf('manufacturing:RecallBatch', quality);
    const things = [batch({ recall, recorded, review: recorded, certification: recorded })];
    const [back] = written(signAll([releasePerson, otherQuality], called, things), 'batch');
    expect([back?.recall, blockersOf(back)]).toEqual([undefined, ['ENTERED_IN_ERROR']]);
  });

  test('a batch that was recalled before it was recorded is not recalled from its record on', () => {
    const early: EarlyRecall = {
      noun: 'early-recall',
      ...earlyRecallOfBatch(therapy({ quality: 'LabMSP' }), 'batch-1'),
      recall: { ...signed(quality.id), reason: 'sterility' },
    };
    const called = recordOf('manufacturing:RecallBatch', quality);
    expect(
      written(signAll([releasePerson, otherQuality], called, [early]), 'early-recall'),
    ).toMatchObject([{ subject: 'batch batch-1', annulled: {} }]);
  });

  test('an alert waits for a physician again, and the patient was not told', () => {
    const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
    const deputy = actor('hospital.deputy', 'HospitalMSP', 'clinician');
    const first = signedLater(physician.id, 5, OTHER);
    const alert = statedAlert({
      acknowledged: { ...signed(physician.id), as: 'physician', overdueMinutes: 0 },
      patientTold: [signed(physician.id), first],
    });
    const noticed = recordOf('care:AcknowledgeAlert', physician, {
      kind: 'permission',
      decision: 'permitted',
    });
    const waiting = written(signAll([physician, deputy], noticed, [alert], SLIP), 'alert');
    expect(waiting.map(({ acknowledged }) => acknowledged)).toEqual([undefined]);
    const told = recordOf('care:RecordPatientTold', physician);
    const [after] = written(signAll([physician, deputy], told, [alert], SLIP), 'alert');
    expect(after?.patientTold.map(({ annulled }) => annulled?.actor)).toEqual([
      deputy.id,
      undefined,
    ]);
  });

  test('a check at the bedside counts no more, and an authorisation permits nothing', () => {
    const verified = recordOf('care:VerifyBedside', nurse);
    const signers = [releasePerson, pharmacist];
    expect(
      written(signAll(signers, verified, [verification(nurse.id)]), 'verification'),
    ).toMatchObject([{ annulled: {} }]);
    const dose = authorisedDose;
    const allowed = recordOf('care:AuthoriseDose', nurse, {
      kind: 'permission',
      decision: 'permitted',
    });
    const [none] = written(signAll([quality, pharmacist], allowed, [dose]), 'dose');
    expect(none?.authorised).toBeUndefined();
  });

  test('by which something was given already is looked at, and so is what stood on a check at the bedside', () => {
    const given = { ...signed(nurse.id), item: din(1), course: 'complete', annex: OTHER } as const;
    const dose: Dose = {
      ...{ noun: 'dose', coi: item().coi, id: 'dose-1', number: 1, item: din(1) },
      verifications: ['check-1'],
      authorised: signed('hospital.clinician'),
      administrations: [],
    };
    const check: Verification = {
      ...{ noun: 'verification', coi: item().coi, id: 'check-1', item: din(1) },
      by: { ...signed(nurse.id), roles: ['nurse'] },
      ...{ token: 'wristband', verifiedAt: NOW, matches: true },
    };
    const begun = { ...dose, administrations: [given] };
    const product = item({ id: din(1), custody: 'administered' });
    const allowed = recordOf('care:AuthoriseDose', nurse, {
      kind: 'permission',
      decision: 'permitted',
    });
    const verified = recordOf('care:VerifyBedside', nurse);
    for (const [record, signers, of] of [
      [allowed, [quality, pharmacist], begun],
      [verified, [releasePerson, pharmacist], begun],
      [verified, [releasePerson, pharmacist], dose],
    ] as const) {
      const decision = signAll(signers, record, [of, check, product]);
      const [looked] = written(decision, 'item');
      expect(blockersOf(looked)).toEqual(['ENTERED_IN_ERROR']);
    }
    const untold = { ...given, course: 'not-started' } as const;
    const none = signAll([quality, pharmacist], allowed, [
      { ...dose, administrations: [untold] },
      product,
    ]);
    expect(written(none, 'item')).toEqual([]);
  });
});
