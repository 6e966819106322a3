import { describe, expect, test } from '@jest/globals';
import { COI, consent, NOW, signed } from '../example.fixture.js';
import { HOLD, honest, lacking, Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { conclusionOf, failed, investigation } from '../gates/retest.fixture.js';
import type { Entity } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import { mattersOf, PARTIES, toldOf, waiting } from './next.fixture.js';
import { waitsIn } from './waits.js';

const BEDSIDE =
  'administration: VerifyBedside by clinician/nurse of HospitalMSP, or AuthoriseDose by clinician of HospitalMSP';
const RECALL =
  'check-failed: RecallBatch by quality of ManufacturerMSP, or DecideNoRecall by release-person of ManufacturerMSP, or DecideNoRecall by quality of ManufacturerMSP';
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

  test('is to give what was authorised, unless something has come between', () => {
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
    const recall = { ...signed('manufacturer.quality'), reason: 'sterility' } as const;
    const since = [
      waiting(story.change('item', THINGS.vials[0], HOLD)),
      waiting(story.change('batch', 'batch-1', { recall })),
      waiting(story, { consents: [consent('withdrawn')] }),
    ];
    for (const told of since) {
      expect(told).not.toEqual([]);
      expect(told.filter((each) => each.includes('RecordAdministration'))).toEqual([]);
    }
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

  test('is what an organisation has to settle that acts no more: the members take it back', () => {
    const parties = PARTIES.map((party) =>
      party.id === 'ManufacturerMSP' ? { ...party, standing: 'suspended' as const } : party,
    );
    const story = honest().with(deviationOn({ kind: 'item', id: THINGS.dose }, 'SEAL_MISMATCH'));
    expect(toldOf(waitsIn(mattersOf(story, { parties })))[0]).toBe(
      'SEAL_MISMATCH: Propose by registrar of HospitalMSP, or Propose by registrar of LabMSP, or Propose by registrar of CourierMSP',
    );
  });

  test('is what a hospital has to say that acts no more: quality and the members bring in another one', () => {
    const parties = PARTIES.map((party) =>
      party.id === 'HospitalMSP' ? { ...party, standing: 'left' as const } : party,
    );
    const gone = { parties, hospitalActs: false };
    const again = ['LabMSP', 'ManufacturerMSP', 'CourierMSP'].map(
      (id) => `Propose by registrar of ${id}`,
    );
    const standing = ['ChangeParties by quality of ManufacturerMSP', ...again].join(', or ');
    const ordered = new Story(honest().entities.filter(({ noun }) => noun === 'therapy'));
    const waits = waitsIn(mattersOf(ordered, { ...gone, consents: [] }));
    expect(waits.length).toBeGreaterThan(0);
    const asked = new Set(toldOf(waits).map((each) => each.slice(each.indexOf(': ') + 2)));
    expect([...asked]).toContain(standing);
    for (const { options } of waits) {
      expect(options.length).toBeGreaterThan(0);
      expect(options.map(({ roles }) => roles.length)).not.toContain(0);
    }
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
      RECALL,
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
    expect(waiting(honest().judge('calling/1', { concordance: 'fail' }))).toEqual([
      RECALL,
      COLLECT,
    ]);
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
  test('ends it: nobody is passed on to, and only the patient’s hospital may ask again, or a physician ends the therapy', () => {
    const consents = [consent('withdrawn', { ended: signed('patient-1') })];
    const waits = waitsIn(mattersOf(honest(), { consents }));
    expect(waits.map(({ state }) => state)).toEqual(['ended']);
    expect(toldOf(waits)).toEqual([
      'CONSENT_DENIED: RequestConsent by clinician/nurse of HospitalMSP, or TakeBackNo by clinician/nurse of HospitalMSP, or HaltTherapy by clinician of HospitalMSP',
    ]);
  });

  test('is not told to a reader who may not know it', () => {
    expect(waiting(honest())).toEqual([BEDSIDE]);
  });
});

describe('what was learnt late, and what is looked into', () => {
  const given = {
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: [],
    authorised: signed('hospital.clinician'),
    administrations: [
      { ...signed('hospital.clinician'), item: THINGS.dose, course: 'complete', annex: 'annex-1' },
    ],
  } as const satisfies Entity;
  const recall = { ...signed('manufacturer.quality'), reason: 'sterility' } as const;
  const recalled = honest()
    .with(given)
    .change('batch', 'batch-1', (batch) => ({ ...batch, recall }));

  test('waits for somebody to state it, then for the physician, then for any, then for the safety officer', () => {
    const cause = { kind: 'batch-recalled', batch: 'batch-1', command: recall.command } as const;
    const stated = recalled.with({
      noun: 'alert',
      coi: COI,
      id: 'A1',
      dose: 'dose-1',
      cause,
      since: NOW,
      stated: signed('manufacturer.quality'),
      overdue: [],
      patientTold: [],
    });
    const alerts = (story: Story, minutes: number) =>
      toldOf(
        waitsIn(mattersOf(story, { at: addMinutes(NOW, minutes) })).filter(
          ({ noun }) => noun === 'alert',
        ),
      );
    expect(alerts(recalled, 0)).toEqual([
      'batch-recalled: StateAlert by quality of ManufacturerMSP',
    ]);
    expect(alerts(stated, 0)).toEqual([
      'batch-recalled: AcknowledgeAlert by hospital.clinician of HospitalMSP',
    ]);
    expect(alerts(stated, 31)).toEqual([
      'batch-recalled: AcknowledgeAlert by clinician of HospitalMSP',
    ]);
    expect(alerts(stated, 61)[0]).toContain('AcknowledgeAlert by clinician');
  });

  test('of a certified batch waits for its recall, or for two people who decide against one', () => {
    const waits = waitsIn(mattersOf(failed()));
    expect(toldOf(waits.filter(({ code }) => code === 'check-failed'))).toEqual([RECALL]);
    const over = failed().change('batch', 'batch-1', (batch) => ({ ...batch, recall }));
    expect(waiting(over)).not.toContain(RECALL);
  });

  test('is concluded by quality, and by whoever has still to sign', () => {
    const { conclusion, ...open } = investigation();
    const waitsOf = (story: Story) =>
      waitsIn(mattersOf(story)).filter(({ noun }) => noun === 'investigation');
    expect(toldOf(waitsOf(failed().with(open)))).toEqual([
      'sterility: OpenInvestigation by quality/release-person of ManufacturerMSP, or ConcludeInvestigation by quality/release-person of ManufacturerMSP',
    ]);
    const missing = [{ organisation: 'ManufacturerMSP', roles: ['release-person' as const] }];
    const { concluded, ...half } = conclusionOf('laboratory');
    const [signing] = waitsOf(failed().with({ ...open, conclusion: { ...half, missing } }));
    expect(signing && toldOf([signing])).toEqual([
      'sterility: ConcludeInvestigation by release-person of ManufacturerMSP',
    ]);
    expect(signing?.except).toContain('manufacturer.reviewer');
    expect([conclusion, concluded].every((each) => each !== undefined)).toBe(true);
    expect(waitsOf(failed().with({ ...open, conclusion: conclusionOf('none') }))).toEqual([]);
  });

  test('a line that was entered in error is ordered anew by a physician', () => {
    const annulled = signed('hospital.pharmacist');
    const story = honest().change('therapy', COI, ({ orderLines, ...rest }) => ({
      ...rest,
      orderLines: orderLines.map((line) =>
        line.dose === 2 ? { ...line, replaces: 1, annulled } : line,
      ),
    }));
    expect(waiting(story)).toContain('administration: OrderLine by clinician of HospitalMSP');
  });

  test('an administration that was entered in error is ordered anew by a physician', () => {
    const [told] = given.administrations;
    const annulled = signed('hospital.clinician');
    const mistaken = { ...given, administrations: [{ ...told, annulled }] };
    const last = { ...given, id: 'dose-2', number: 2, item: THINGS.vials[0] };
    const second = { ...last, administrations: [{ ...told, item: THINGS.vials[0] }] };
    const found = waitsIn(mattersOf(honest().with(mistaken, second)));
    expect(toldOf(found)).toContain('administration: OrderLine by clinician of HospitalMSP');
  });
});
