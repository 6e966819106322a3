import {
  analysis,
  type Cast,
  din,
  enrol,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  registerShared,
  registrarOf,
  sequencing,
  startStep,
  TherapyJourney,
} from '#scripts';
import type { CommandRecord, Entity, Therapy } from '@veinledger/domain';
import { ARMS, blindedProcess } from '../../support/blinded.js';
import { commandRecordsOf } from '../../support/committed.fixture.js';
import { type GatewayBench, gatewayBench } from '../gateway.fixture.js';

/** A physician of no party, to whom emergency access opens the first of the two therapies. */
export const ADMITTED = 'regulator.clinician';

/** A physician of a party, who unblinds the first of the two therapies. */
export const UNBLINDED = 'hospital.clinician-2';

/** What the ledger holds of a therapy, as who audits reads it. */
export interface Whole {
  readonly therapy: Therapy;
  readonly things: readonly Entity[];
}

/** A therapy in which something failed, deviated, was refused and was mixed up with another patient's. */
export interface Played {
  readonly bench: GatewayBench;
  readonly cast: Cast;
  readonly journey: TherapyJourney;
  /** the other patient's */
  readonly other: TherapyJourney;
  /** of every role that the profile has, of parties and of none, and both patients */
  readonly everybody: readonly Person[];
  readonly whole: Whole;
  /** every command that was committed, in order */
  readonly committed: readonly CommandRecord[];
  /** the digests of the annexes that say to which arm the two patients are assigned */
  readonly arms: readonly string[];
  /** what of the other therapy was named in this one */
  readonly foreign: readonly string[];
}

/**
 * Plays it through a gateway.
 * @param listen opens the ears of a member of staff, before anything of a patient is said
 */
export async function playMixUp(
  listen: (person: Person, url: string) => Promise<void>,
): Promise<Played> {
  const definition = blindedProcess();
  const bench = await gatewayBench(
    {
      webhooks: { privateTargets: true, perOrganisation: 30, retrySeconds: [0.05] },
      events: { heartbeatSeconds: 0.2 },
    },
    {},
    { HospitalMSP: ['courier'], RegulatorMSP: ['nurse', 'clinician'] },
    [definition],
  );
  const { consortium } = bench;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network: consortium.root.network });
  await openForBusiness(submitter, consortium, [definition]);
  const cast = await enrolCast(submitter, consortium);
  const also = [
    { id: 'hospital.porter', organisation: 'HospitalMSP', roles: ['courier'] as const },
    { id: 'regulator.nurse', organisation: 'RegulatorMSP', roles: ['nurse'] as const },
    { id: ADMITTED, organisation: 'RegulatorMSP', roles: ['clinician'] as const },
    { id: 'regulator.clinician-2', organisation: 'RegulatorMSP', roles: ['clinician'] as const },
    { id: UNBLINDED, organisation: 'HospitalMSP', roles: ['clinician'] as const },
  ];
  const others: Person[] = [];
  for (const each of also) {
    others.push(await enrol(submitter, consortium, { ...each, roles: [...each.roles] }));
  }
  const registrars = ['HospitalMSP', 'RegulatorMSP'].map((each) => registrarOf(consortium, each));
  const alike = [cast.secondCollector, cast.reviewer];
  const staff = [
    ...Object.values(cast).filter((each) => !alike.includes(each)),
    ...registrars,
    ...others,
  ];
  // who is admitted later is pushed what comes from then on
  for (const person of staff.filter(({ id }) => id !== ADMITTED))
    await listen(person, bench.gateway.url);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, consortium, 'patient-1');
  const otherPatient = await enrolPatient(submitter, consortium, 'patient-2');
  const by = { submitter, cast, definition };
  const refused = new TherapyJourney({ ...by, patient: otherPatient, serial: 3 });
  await refused.order();
  const journey = new TherapyJourney({ ...by, patient, serial: 1 });
  const other = new TherapyJourney({ ...by, patient: otherPatient, serial: 2 });
  await enrolment(journey);
  await enrolment(other);
  await sequencing(journey);
  await analysis(journey, { results: { concordance: 0.52 } });
  await journey.collect(din(95), 'blood-edta', cast.collector, 'visit-5');
  await journey.readings(din(95), cast.nurse, [31]);
  await mixUp(journey, other, otherPatient);
  await withoutStanding(journey, other, others[1] ?? cast.nurse);
  const [, , admitted = cast.nurse, , unblinded = cast.clinician] = others;
  const arms: string[] = [];
  for (const [index, each] of [journey, other].entries()) {
    const annexes = { arm: { arm: ARMS[index] } };
    const { receipt } = await each.say(cast.pharmacist, 'therapy:AssignArm', {}, { annexes });
    arms.push(receipt.annex['arm'] ?? '');
  }
  await journey.say(
    unblinded,
    'care:Unblind',
    { reason: 'serious-adverse-event' },
    { annexes: { explanation: { explanation: 'Anaphylaxis on the ward.' } } },
  );
  await journey.say(
    admitted,
    'care:OpenEmergencyAccess',
    { emergencyAccess: 'access-1', reason: 'patient-cannot-tell' },
    { annexes: { explanation: { explanation: 'Brought in at night, unconscious.' } } },
  );
  const whole = await bench.submitter.read<Whole>(
    { mspId: 'RegulatorMSP', label: 'auditor' },
    'audit:TraceTherapy',
    journey.coi,
  );
  return {
    ...{ bench, cast, journey, other, whole, arms },
    everybody: [...staff, patient, otherPatient],
    committed: await commandRecordsOf(bench.ledger),
    foreign: [other.coi, other.things.tumour, other.things.blood],
  };
}

/** The other patient's things are handed over, measured, used, pooled, scanned and given in this therapy. */
async function mixUp(
  journey: TherapyJourney,
  { coi, things }: TherapyJourney,
  patient: Person,
): Promise<void> {
  const { cast } = journey;
  const { tumour, blood } = things;
  const seals = { seals: [], condition: 'intact' };
  await journey.readings(blood, cast.nurse, [5]);
  await journey.say(cast.nurse, 'custody:DeriveItem', {
    operation: 'pool',
    parents: [din(95), blood].map((item) => ({ item, consumed: false })),
    children: [{ item: din(96), kind: 'blood-edta' }],
  });
  const released = { handOff: 'label-of-another', to: 'CourierMSP', ...seals };
  await journey.say(cast.nurse, 'custody:ReleaseItem', {
    ...{ ...released, item: din(95), labelRead: tumour, identityCheck: 'mismatch' },
  });
  await journey.say(cast.courier, 'custody:ReceiveItem', {
    ...{ handOff: 'label-of-another', ...seals, item: din(95), labelRead: tumour },
    verdict: 'rejected',
    ...{ reason: 'label', heldBy: 'releaser' },
  });
  await startStep(journey, 'pathology', {
    ...{ by: cast.pathologist, attempt: 2, inputs: [{ item: tumour, consumed: true }] },
  });
  await journey.say(cast.nurse, 'care:VerifyBedside', {
    ...{ verification: 'of-another', item: blood, labelCoi: coi, token: 'wristband' },
    patient: patient.id,
  });
  await journey.say(cast.clinician, 'care:AuthoriseDose', {
    ...{ dose: 'dose-1', number: 1, item: blood, verifications: ['of-another'] },
    ...{ fitness: 'go', continueAfterLapse: false },
  });
  await journey.say(
    cast.clinician,
    'care:RecordAdministration',
    { dose: 'dose-1', number: 1, item: blood, course: 'not-started' },
    { annexes: { administration: { volumeGivenMl: 0, volumeWastedMl: 0 } } },
  );
  await journey.say(cast.nurse, 'custody:ReleaseItem', {
    ...{ handOff: 'of-another', to: 'CourierMSP', ...seals, item: tumour, labelRead: tumour },
    identityCheck: 'match',
  });
}

/** Somebody of no party says something of what is the other patient's. */
async function withoutStanding(
  journey: TherapyJourney,
  { coi, patient, things }: TherapyJourney,
  stranger: Person,
): Promise<void> {
  await journey.say(stranger, 'care:VerifyBedside', {
    ...{ verification: 'of-a-stranger', item: things.blood, labelCoi: coi, token: 'wristband' },
    patient: patient.id,
  });
}
