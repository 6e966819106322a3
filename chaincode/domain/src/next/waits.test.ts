import { describe, expect, test } from '@jest/globals';
import { COI, consent, NOW, signed } from '../example.fixture.js';
import { honest, lacking, Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Entity } from '../nouns/registry.js';
import { mattersOf, toldOf, waiting } from './next.fixture.js';
import { waitsIn } from './waits.js';

const BEDSIDE =
  'administration: VerifyBedside by nurse/clinician/pharmacist of HospitalMSP, or AuthoriseDose by clinician of HospitalMSP';
const COLLECT = 'collection: CollectItem by collector/nurse of HospitalMSP';

const scope = { kind: 'therapy', id: COI } as const;

function deviationOn(
  ref: { kind: 'item' | 'batch'; id: string },
  code: 'SEAL_MISMATCH' | 'SAFETY_CHECK_FAILED',
) {
  return {
    noun: 'deviation',
    scope,
    id: 'D1',
    code,
    classification: 'major',
    subjects: [{ ref: { ...ref, coi: COI } }],
    opened: signed('hospital.nurse'),
  } as const satisfies Entity;
}

/** What stands still, of all that waits. */
function stopped(story: Story) {
  return toldOf(waitsIn(mattersOf(story)).filter(({ state }) => state === 'stopped'));
}

describe('what is next in the course of a process', () => {
  test('is the dose, where everything is as it should be', () => {
    expect(waiting(honest())).toEqual([BEDSIDE]);
  });

  test('is the collection of samples, and the slot, after the order', () => {
    const ordered = new Story([honest().find('therapy', COI)]);
    expect(waiting(ordered)).toEqual([
      'slot-booking: StartStep by coordinator of HospitalMSP, or StartStep by coordinator/operator of ManufacturerMSP',
      COLLECT,
    ]);
  });

  test('is the approval of a design by another than who submitted it', () => {
    const story = honest().change('design', 'design-1', (thing) => lacking(thing, 'approved'));
    const made: readonly string[] = [THINGS.template, THINGS.drugSubstance, THINGS.dose];
    const steps = ['template', 'transcription', 'fill-finish', 'release-tests'];
    const entities = story.entities.filter(
      (each) =>
        each.noun !== 'batch' &&
        !(each.noun === 'step' && steps.includes(each.step)) &&
        !(each.noun === 'item' && (made.includes(each.id) || each.kind === 'vial')),
    );
    const found = waitsIn(mattersOf(new Story(entities)));
    expect(toldOf(found)).toEqual(['design: ApproveDesign by quality of ManufacturerMSP']);
    expect(found[0]?.except).toEqual(['lab.designer']);
  });

  test('is the report of a step that was begun', () => {
    const story = honest()
      .without('step', 'ranking/1')
      .without('dataset', 'neoantigens')
      .with({
        noun: 'step',
        coi: COI,
        step: 'ranking',
        attempt: 1,
        blockers: [],
        permission: { ...signed('lab.designer'), inputs: [], datasets: [] },
      });
    const early = new Story(
      story.entities.filter(({ noun }) => noun !== 'design' && noun !== 'batch'),
    );
    expect(waiting(early)).toEqual(['ranking: ReportStep by designer of LabMSP']);
  });

  test('is the review by quality, then the certification, each by nobody who made it', () => {
    const reviewed = honest().change('batch', 'batch-1', (thing) =>
      lacking(thing, 'certification'),
    );
    const found = waitsIn(mattersOf(reviewed));
    expect(toldOf(found)).toEqual([
      'certification: CertifyBatch by release-person of ManufacturerMSP',
    ]);
    expect(found[0]?.except).toEqual(
      expect.arrayContaining(['manufacturer.operator', 'manufacturer.reviewer']),
    );
    const recorded = reviewed.change('batch', 'batch-1', (thing) => lacking(thing, 'review'));
    expect(waiting(recorded)).toEqual(['qa-review: ReviewBatch by quality of ManufacturerMSP']);
  });

  test('is the hand-over of what others have to go on with', () => {
    const here = { organisation: 'ManufacturerMSP', actor: 'manufacturer.operator' };
    const story = THINGS.vials
      .reduce<Story>((so, id) => so.change('item', id, { holder: here }), honest())
      .without('item', THINGS.dose);
    expect(waiting(story)).toEqual(
      THINGS.vials.map(() => 'administration: ReleaseItem by operator of ManufacturerMSP'),
    );
  });

  test('is the receipt of what is under way, by whom it was given to', () => {
    const story = honest().change('item', THINGS.dose, {
      custody: 'in-transit',
      handOff: { id: 'H', verdict: 'pending', to: 'LabMSP' },
    });
    expect(waiting(story)).toContain('HAND_OFF_NOT_ACCEPTED: ReceiveItem by lab of LabMSP');
  });

  test('is to give what was authorised', () => {
    const story = honest().with({
      noun: 'dose',
      coi: COI,
      id: 'dose-1',
      number: 1,
      item: THINGS.dose,
      verifications: [],
      authorised: signed('hospital.clinician'),
      administrations: [],
    });
    expect(waiting(story)).toEqual([
      'administration: RecordAdministration by nurse/clinician of HospitalMSP'.replace(
        'nurse/clinician',
        'clinician/nurse',
      ),
    ]);
  });

  test('is the patient’s answer to what the patient was asked', () => {
    const consents = [consent('requested', { requested: signed('hospital.clinician') })];
    expect(waiting(honest(), { consents })).toEqual([
      'CONSENT_NOT_ACTIVE: GiveConsent by patient-1 of HospitalMSP, or RefuseConsent by patient-1 of HospitalMSP',
    ]);
  });
});

describe('what stands still', () => {
  test('is a deviation until quality has disposed of it, of each subject by itself', () => {
    const story = honest()
      .with(deviationOn({ kind: 'item', id: THINGS.dose }, 'SEAL_MISMATCH'))
      .change('item', THINGS.dose, {
        blockers: [{ kind: 'deviation', id: 'D1', code: 'SEAL_MISMATCH' }],
      });
    expect(stopped(story)).toEqual([
      'SEAL_MISMATCH: RecordDisposition by quality of ManufacturerMSP',
    ]);
  });

  test('is a hold, until who may lift it lifts it: at the patient a physician of any party', () => {
    const hold = (liftedByRole: 'clinician' | 'release-person') => ({
      noun: 'hold' as const,
      coi: COI,
      id: 'hold-1',
      subject: { kind: 'item' as const, coi: COI, id: THINGS.dose },
      reason: 'investigation',
      liftedByRole,
      placed: signed('hospital.clinician'),
    });
    expect(stopped(honest().with(hold('clinician')))).toEqual([
      'investigation: LiftHold by clinician of HospitalMSP',
    ]);
    expect(stopped(honest().with(hold('release-person')))).toEqual([
      'investigation: LiftHold by release-person of ManufacturerMSP',
    ]);
  });

  test('is an alarm, until quality has looked, and nobody who raised it looks', () => {
    const alarm = {
      noun: 'alarm',
      scope,
      subject: `item ${THINGS.dose}`,
      organisation: 'PayerMSP',
      claim: 'identity',
      type: 'custody:ReceiveItem',
      raised: signed('payer.clerk'),
    } as const;
    const [wait] = waitsIn(mattersOf(honest().with(alarm)));
    expect(wait).toMatchObject({ noun: 'alarm', code: 'identity', except: ['payer.clerk'] });
  });

  test('is a half-signed annulment: each who is missing is named', () => {
    const annulment = {
      noun: 'annulment',
      scope,
      command: 'A'.repeat(43),
      type: 'custody:ReceiveItem',
      reason: 'wrong-item',
      signatures: [
        { ...signed('hospital.pharmacist'), organisation: 'HospitalMSP', roles: ['pharmacist'] },
      ],
      missing: [{ organisation: 'ManufacturerMSP', roles: ['quality'] }],
    } as const;
    expect(stopped(honest().with(annulment))).toEqual([
      'wrong-item: AnnulRecord by quality of ManufacturerMSP',
    ]);
  });

  test('is what compromised keys signed, until quality confirms it on other evidence', () => {
    const suspects = [
      {
        subject: 'step calling/1',
        signed: signed('lab.designer'),
        actor: 'lab.designer',
        since: NOW,
      },
    ];
    expect(toldOf(waitsIn(mattersOf(honest(), { suspects })))).toContain(
      'SUSPECT_SIGNATURE: ConfirmSignature by quality of ManufacturerMSP',
    );
  });

  test('has waited since what opened it happened, not since somebody typed it', () => {
    const at = '2026-11-22T08:00:00.000Z';
    const late = deviationOn({ kind: 'item', id: THINGS.dose }, 'SEAL_MISMATCH');
    const story = honest().with({ ...late, opened: { ...late.opened, at } });
    expect(waitsIn(mattersOf(story))[0]).toMatchObject({ state: 'stopped', since: at });
  });
});

describe('what is never used is made anew', () => {
  const rejected = { blockers: [{ kind: 'rejected', id: 'D1', code: 'SEAL_MISMATCH' }] } as const;

  test('a rejected syringe: another is prepared of the next vial', () => {
    expect(waiting(honest().change('item', THINGS.dose, rejected))).toEqual([
      'preparation: DeriveItem by pharmacist of HospitalMSP',
    ]);
  });

  test('a rejected batch: drug substance is used up, so that it is transcribed and filled again', () => {
    expect(waiting(honest().change('batch', 'batch-1', rejected))).toEqual([
      'template: StartStep by operator of ManufacturerMSP',
    ]);
  });

  test('a batch that failed its sterility test, whatever quality decides', () => {
    expect(waiting(honest().judge('release-tests/1', { sterility: 'fail' }))).toEqual([
      'template: StartStep by operator of ManufacturerMSP',
    ]);
  });

  test('a batch whose drug substance is left: it is filled again', () => {
    const story = honest()
      .change('batch', 'batch-1', rejected)
      .change('item', THINGS.drugSubstance, {
        custody: 'in-custody',
        holder: { organisation: 'ManufacturerMSP', actor: 'manufacturer.operator' },
      });
    expect(waiting(story)).toEqual(['fill-finish: StartStep by operator of ManufacturerMSP']);
  });

  test('samples of two people: they are collected again', () => {
    expect(waiting(honest().judge('calling/1', { concordance: 'fail' }))).toEqual([COLLECT]);
  });

  test('a batch whose record was entered in error: it is recorded again', () => {
    const annulled = {
      blockers: [{ kind: 'annulled', id: 'A', code: 'ENTERED_IN_ERROR' }],
    } as const;
    expect(waiting(honest().change('batch', 'batch-1', annulled))).toEqual([
      'NO_BATCH: RecordBatch by operator of ManufacturerMSP',
    ]);
  });
});

describe('the patient’s no', () => {
  test('ends it: nobody is passed on to, and only the patient’s hospital may ask again', () => {
    const consents = [consent('withdrawn', { ended: signed('patient-1') })];
    const waits = waitsIn(mattersOf(honest(), { consents }));
    expect(waits.map(({ state }) => state)).toEqual(['ended']);
    expect(toldOf(waits)).toEqual([
      'CONSENT_DENIED: RequestConsent by clinician/nurse of HospitalMSP',
    ]);
  });

  test('is not told to a reader who may not know it', () => {
    expect(waiting(honest())).toEqual([BEDSIDE]);
  });
});
