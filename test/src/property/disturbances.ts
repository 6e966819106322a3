import fc from 'fast-check';
import {
  bedside,
  din,
  doStep,
  type Message,
  type Person,
  reportStep,
  send,
  startStep,
  type TherapyJourney,
} from '#scripts';

/** Something that somebody reports or asks for, at whatever moment. */
export interface Disturbance {
  readonly name: string;
  readonly play: (journey: TherapyJourney, other: TherapyJourney) => Promise<unknown>;
}

const WHO = ['nurse', 'courier', 'labTechnician', 'operator', 'pharmacist', 'clinician'] as const;
const ORGANISATIONS = ['HospitalMSP', 'CourierMSP', 'LabMSP', 'ManufacturerMSP', 'PayerMSP'];

/** The items a random command may name: the therapy's own, another patient's, and one that nobody registered. */
function itemOf(index: number, journey: TherapyJourney, other: TherapyJourney): string {
  const { tumour, blood, dna, vials, dose } = journey.things;
  const items = [
    tumour,
    blood,
    dna,
    ...vials,
    dose,
    other.things.tumour,
    other.things.vials[1],
    din(777_777),
  ];
  return items[index % items.length] ?? tumour;
}

const custodian = fc.constantFrom(...WHO);
const item = fc.nat({ max: 20 });
/** Another item's label, or its own where none is named. */
const label = fc.option(item, { nil: undefined, freq: 2 });
const handOff = fc.nat({ max: 4 }).map((number) => `random-${number}`);
const say = (
  journey: TherapyJourney,
  person: Person,
  type: string,
  body: object,
  rest: Omit<Message, 'type' | 'body'> = {},
) => journey.say(person, type, body, rest);

/** Random custody: releases, receipts of every verdict, readings, derivations and disposals by anybody. */
export const custody: fc.Arbitrary<Disturbance> = fc.oneof(
  fc
    .record({ by: custodian, item, label, handOff, to: fc.constantFrom(...ORGANISATIONS) })
    .map((given) => ({
      name: `release ${JSON.stringify(given)}`,
      play: (journey: TherapyJourney, other: TherapyJourney) =>
        say(journey, journey.cast[given.by], 'custody:ReleaseItem', {
          item: itemOf(given.item, journey, other),
          handOff: given.handOff,
          to: given.to,
          seals: [],
          condition: 'intact',
          labelRead: itemOf(given.label ?? given.item, journey, other),
          identityCheck: 'match',
        }),
    })),
  fc
    .record({
      by: custodian,
      item,
      label,
      handOff,
      verdict: fc.constantFrom('accepted', 'rejected', 'misdelivered'),
      heldBy: fc.constantFrom('receiver', 'releaser'),
    })
    .map((given) => ({
      name: `receive ${JSON.stringify(given)}`,
      play: (journey: TherapyJourney, other: TherapyJourney) =>
        say(journey, journey.cast[given.by], 'custody:ReceiveItem', {
          item: itemOf(given.item, journey, other),
          handOff: given.handOff,
          verdict: given.verdict,
          ...(given.verdict === 'rejected' ? { heldBy: given.heldBy } : {}),
          condition: 'intact',
          seals: [],
          labelRead: itemOf(given.label ?? given.item, journey, other),
        }),
    })),
  fc.record({ by: custodian, item, celsius: fc.integer({ min: -90, max: 40 }) }).map((given) => ({
    name: `readings ${JSON.stringify(given)}`,
    play: (journey: TherapyJourney, other: TherapyJourney) =>
      journey.readings(itemOf(given.item, journey, other), journey.cast[given.by], [given.celsius]),
  })),
  fc
    .record({ by: custodian, item, child: fc.nat({ max: 3 }), consumed: fc.boolean() })
    .map((given) => ({
      name: `derive ${JSON.stringify(given)}`,
      play: (journey: TherapyJourney, other: TherapyJourney) =>
        say(journey, journey.cast[given.by], 'custody:DeriveItem', {
          operation: 'split',
          parents: [{ item: itemOf(given.item, journey, other), consumed: given.consumed }],
          children: [{ item: din(600_000 + given.child), kind: 'dose' }],
        }),
    })),
  fc.record({ by: custodian, item }).map((given) => ({
    name: `dispose ${JSON.stringify(given)}`,
    play: (journey: TherapyJourney, other: TherapyJourney) =>
      say(journey, journey.cast[given.by], 'custody:DisposeItem', {
        item: itemOf(given.item, journey, other),
        method: 'incinerated',
        reason: 'expired',
      }),
  })),
  fc.record({ by: custodian, item }).map((given) => ({
    name: `lose ${JSON.stringify(given)}`,
    play: (journey: TherapyJourney, other: TherapyJourney) =>
      say(journey, journey.cast[given.by], 'custody:ReportLoss', {
        item: itemOf(given.item, journey, other),
      }),
  })),
  fc.record({ by: custodian, item }).map((given) => ({
    name: `find ${JSON.stringify(given)}`,
    play: (journey: TherapyJourney, other: TherapyJourney) =>
      say(journey, journey.cast[given.by], 'custody:ReportFound', {
        item: itemOf(given.item, journey, other),
        condition: 'intact',
        labelRead: itemOf(given.item, journey, other),
      }),
  })),
);

/** What may come between a finished dose and the patient's arm. */
export const mishap: fc.Arbitrary<Disturbance> = fc.oneof(
  { arbitrary: custody, weight: 3 },
  {
    arbitrary: fc.constantFrom<Disturbance>(
      {
        name: 'the batch is recalled',
        play: (journey) =>
          say(journey, journey.cast.safetyOfficer, 'manufacturing:RecallBatch', {
            batch: journey.batch,
            reason: 'sterility',
          }),
      },
      {
        name: 'the patient withdraws',
        play: (journey) =>
          send(journey.submitter, journey.patient, {
            type: 'consent:WithdrawConsent',
            body: { purpose: 'TREATMENT_MANUFACTURE' },
          }),
      },
      {
        name: 'the patient refuses something else',
        play: (journey) =>
          send(journey.submitter, journey.patient, {
            type: 'consent:RefuseConsent',
            body: { purpose: 'RESEARCH' },
          }),
      },
      {
        name: 'the design is put on hold',
        play: (journey) =>
          say(journey, journey.cast.reviewer, 'manufacturing:PlaceHold', {
            hold: 'hold-random',
            subject: { kind: 'design', coi: journey.coi, id: journey.design },
            reason: 'investigation',
            liftedByRole: 'quality',
          }),
      },
      {
        name: 'a contamination is suspected in the calling',
        play: (journey) =>
          say(journey, journey.cast.tester, 'manufacturing:ReportDeviation', {
            subject: { kind: 'step', coi: journey.coi, id: 'calling', attempt: 1 },
            code: 'CONTAMINATION_SUSPECTED',
            classification: 'critical',
          }),
      },
      {
        name: 'pathology is reported once more',
        play: (journey) =>
          reportStep(
            journey,
            'pathology',
            { by: journey.cast.pathologist },
            { 'tumour-content': 3 },
          ),
      },
      {
        name: 'what was kept back is tested again, and is not sterile',
        play: (journey) => testAgain(journey, false),
      },
      {
        name: 'what was kept back is tested again, and passes',
        play: (journey) => testAgain(journey, true),
      },
      {
        name: 'the same files are called again, and are two people’s',
        play: (journey) => {
          const by = journey.cast.designer;
          const inputDatasets = ['tumour-fastq', 'normal-fastq'];
          const results = { concordance: 0.52, contamination: 9 };
          return reportStep(journey, 'calling', { by, attempt: 2, inputDatasets }, results);
        },
      },
      {
        name: 'the sample of the release tests is put on hold',
        play: (journey) =>
          say(journey, journey.cast.reviewer, 'manufacturing:PlaceHold', {
            hold: 'hold-sample',
            subject: { kind: 'item', coi: journey.coi, id: journey.things.sampleVial },
            reason: 'investigation',
            liftedByRole: 'quality',
          }),
      },
      {
        name: 'a step is asked for again',
        play: (journey) => startStep(journey, 'calling', { by: journey.cast.designer, attempt: 2 }),
      },
      {
        name: 'the wrong patient is scanned',
        play: (journey, other) =>
          say(journey, journey.cast.nurse, 'care:VerifyBedside', {
            verification: 'verification-random',
            item: journey.things.dose,
            labelCoi: journey.coi,
            token: 'wristband',
            patient: other.patient.id,
          }),
      },
      {
        name: 'the bedside is verified',
        play: (journey) => bedside(journey, journey.things.dose, 7),
      },
    ),
    weight: 2,
  },
);

/** A second attempt at the release tests, started as it should be. */
function testAgain(journey: TherapyJourney, sterility: boolean): Promise<unknown> {
  const { cast, things } = journey;
  return doStep(
    journey,
    'release-tests',
    { by: cast.tester, attempt: 2, inputs: [{ item: things.retainedVial, consumed: true }] },
    { 'identity-by-sequencing': true, potency: 101, endotoxin: 0.1, sterility },
  );
}
