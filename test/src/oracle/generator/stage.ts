import {
  administer,
  analysis,
  authorise,
  bedside,
  delivery,
  enrol,
  enrolCast,
  enrolment,
  enrolPatient,
  foundConsortium,
  openForBusiness,
  type Person,
  production,
  registerShared,
  registrarOf,
  release,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { loadProfile } from '@veinledger/network/profile';
import { type Anew, anewFrom } from './anew.js';
import { type Consortium, PlayedLedger } from './ledger.js';
import { Recorder } from './recorder.js';
import type { Spoken } from './spoken.js';

/** A member that has every role and is party to no therapy. */
const OUTSIDER = 'ClinicMSP';

const OUTSIDE_ROLES = [
  'collector',
  'nurse',
  'clinician',
  'pathologist',
  'pharmacist',
  'lab',
  'designer',
  'operator',
  'quality',
  'release-person',
  'courier',
] as const;

/** People who may do more than one thing, or the same as another. */
const VERSATILE = [
  ['hospital.all', 'HospitalMSP', ['collector', 'nurse', 'clinician', 'pathologist', 'pharmacist']],
  ['lab.all', 'LabMSP', ['lab', 'designer']],
  ['manufacturer.all', 'ManufacturerMSP', ['operator', 'quality', 'release-person']],
  ['courier.second-courier', 'CourierMSP', ['courier']],
] as const;

/** Who is enrolled by a member's second registrar. */
const AGENCY = [
  ['hospital.agency-nurse', 'HospitalMSP', 'nurse'],
  ['lab.agency-technician', 'LabMSP', 'lab'],
  ['manufacturer.agency-operator', 'ManufacturerMSP', 'operator'],
] as const;

/** An honest way to two doses, what comes before it, and who takes part. */
export interface Stage {
  readonly consortium: Consortium;
  readonly members: Parameters<typeof foundConsortium>[0];
  readonly people: ReadonlyMap<string, Person>;
  /** the consortium, its people, and other patients' therapies */
  readonly before: readonly Spoken[];
  /** the therapy that histories are made of */
  readonly plan: readonly Spoken[];
  /** the same therapy, begun anew from new samples */
  readonly anew: Anew;
  readonly journeys: readonly [TherapyJourney, TherapyJourney, TherapyJourney];
}

/** Plays three patients' therapies once and keeps what was said. */
export async function openStage(): Promise<Stage> {
  const { members } = await loadProfile();
  const outsider = {
    ...members[0],
    mspId: OUTSIDER,
    id: 'clinic',
    domain: 'clinic.example',
    roles: [...OUTSIDE_ROLES, 'registrar'],
  } as (typeof members)[number];
  const all = [...members, outsider];
  const consortium = foundConsortium(all);
  const recorder = new Recorder(new PlayedLedger(consortium, () => Date.now()));
  await openForBusiness(recorder, consortium);
  const cast = await enrolCast(recorder, consortium);
  const people = new Map<string, Person>(Object.values(cast).map((each) => [each.id, each]));
  for (const organisation of [...members.map((each) => each.mspId), OUTSIDER]) {
    const registrar = registrarOf(consortium, organisation);
    people.set(registrar.id, registrar);
  }
  for (const role of OUTSIDE_ROLES) {
    const id = `clinic.${role}`;
    people.set(
      id,
      await enrol(recorder, consortium, { id, organisation: OUTSIDER, roles: [role] }),
    );
  }
  for (const [id, organisation, roles] of VERSATILE) {
    people.set(id, await enrol(recorder, consortium, { id, organisation, roles: [...roles] }));
  }
  for (const [id, organisation, role] of AGENCY) {
    const second = await enrol(recorder, consortium, {
      id: `${id.split('.')[0] ?? ''}.second-registrar`,
      organisation,
      roles: ['registrar'],
    });
    people.set(second.id, second);
    const registrars = [{ actor: second.id, organisation, keys: second.keys }];
    people.set(
      id,
      await enrol(recorder, { ...consortium, registrars }, { id, organisation, roles: [role] }),
    );
  }
  const preparations = recorder.take();
  await registerShared(recorder, cast);
  const shared = recorder.take();
  const begin = async (serial: number) => {
    const patient = await enrolPatient(recorder, consortium, `patient-${serial}`);
    return new TherapyJourney({ submitter: recorder, cast, patient, serial });
  };
  const own = await begin(1);
  const prepared = await begin(2);
  await toTheWard(recorder, prepared);
  const collected = await begin(3);
  await enrolment(collected);
  const before = [...preparations, ...shared, ...recorder.take()];
  for (const { patient } of [own, prepared, collected]) people.set(patient.id, patient);
  await toTheWard(recorder, own);
  await giveTwo(own);
  const plan = recorder.take();
  const other = await begin(4);
  await toTheWard(recorder, other);
  await giveTwo(other);
  return {
    consortium,
    members: all,
    people,
    before,
    plan,
    anew: anewFrom(recorder.take(), shared, [own, other]),
    journeys: [own, prepared, collected],
  };
}

async function toTheWard(recorder: Recorder, journey: TherapyJourney): Promise<void> {
  await enrolment(journey);
  await sequencing(journey);
  await analysis(journey);
  await production(journey, recorder.lastDigest('sequence'));
  await release(journey);
  await delivery(journey);
}

async function giveTwo(journey: TherapyJourney): Promise<void> {
  await authorise(journey, await bedside(journey));
  await administer(journey);
  const [, vial] = journey.things.vials;
  if (vial === undefined) throw new Error('there is no second vial');
  const verifications = await bedside(journey, vial, 2);
  const body = { dose: 'dose-2', number: 2, item: vial };
  await journey.say(journey.cast.clinician, 'care:AuthoriseDose', {
    ...body,
    verifications,
    fitness: 'go',
    continueAfterLapse: false,
  });
  await journey.say(
    journey.cast.clinician,
    'care:RecordAdministration',
    { ...body, course: 'complete' },
    { annexes: { administration: { volumeGivenMl: 1, volumeWastedMl: 0 } } },
  );
}
