import {
  enrol,
  enrolCast,
  enrolPatient,
  foundConsortium,
  openForBusiness,
  type Person,
  registerShared,
  registrarOf,
  shippedProcesses,
} from '#scripts';
import { processDefinition, processHash, role as roleSchema } from '@veinledger/domain';
import { loadProfile } from '@veinledger/network/profile';
import { type Definition, laterVersion } from '../definition.js';
import { type Anew, anewFrom } from './anew.js';
import { Journey } from './honest/journey.js';
import { HonestWay } from './honest/way.js';
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
  ['clinic.second-clinician', OUTSIDER, ['clinician']],
] as const;

/** Who is enrolled by a member's second registrar. */
const AGENCY = [
  ['hospital.agency-nurse', 'HospitalMSP', 'nurse'],
  ['lab.agency-technician', 'LabMSP', 'lab'],
  ['manufacturer.agency-operator', 'ManufacturerMSP', 'operator'],
] as const;

/** One natural person, whom several members enrolled. */
const DOUBLE = `${'P'.repeat(42)}A`;
const DOUBLES = [
  ['courier.double', 'CourierMSP', ['courier']],
  ['lab.double', 'LabMSP', ['lab']],
  ['lab.double-again', 'LabMSP', ['lab']],
  ['hospital.double', 'HospitalMSP', ['nurse', 'pharmacist']],
] as const;

/** Whose holders speak in no history besides. */
const ALONE = ['registrar', 'patient'] as const;

type Member = Awaited<ReturnType<typeof loadProfile>>['members'][number];

/** An honest way to two doses, what comes before it, and who takes part. */
export interface Stage {
  readonly definition: Definition;
  /** the hash of the definition's next version, which is published too */
  readonly later: string;
  readonly consortium: Consortium;
  readonly members: Parameters<typeof foundConsortium>[0];
  readonly people: ReadonlyMap<string, Person>;
  /** the consortium, its people, and other patients' therapies */
  readonly before: readonly Spoken[];
  /** the therapy that histories are made of */
  readonly plan: readonly Spoken[];
  /** the same therapy, begun anew from new samples */
  readonly anew: Anew;
  readonly journeys: readonly [Journey, Journey, Journey];
}

/** Plays three patients' therapies by a process once and keeps what was said. */
export async function openStage(definition: Definition): Promise<Stage> {
  const { members } = await loadProfile();
  const outsider = {
    ...members[0],
    mspId: OUTSIDER,
    id: 'clinic',
    domain: 'clinic.example',
    roles: [...OUTSIDE_ROLES, 'coordinator', 'patient', 'registrar'],
  } as (typeof members)[number];
  const all = [...members, outsider];
  const shipped = shippedProcesses().filter(({ id }) => id !== definition.id);
  const later = processDefinition.parse(laterVersion(definition));
  const processes = [...shipped, processDefinition.parse(definition), later];
  const consortium = foundConsortium(all, processes);
  const recorder = new Recorder(new PlayedLedger(consortium, () => Date.now()));
  await openForBusiness(recorder, consortium, processes);
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
  for (const [id, organisation, roles] of DOUBLES) {
    const actor = { id, organisation, roles: [...roles], person: DOUBLE };
    people.set(id, await enrol(recorder, consortium, actor));
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
  await enrolForRest(recorder, consortium, members, [...people.values()]);
  const preparations = recorder.take();
  await registerShared(recorder, cast);
  const shared = recorder.take();
  const order = async (serial: number) => {
    const patient = await enrolPatient(recorder, consortium, `patient-${serial}`);
    const journey = new Journey(definition, { submitter: recorder, cast, patient, serial });
    return { journey, way: new HonestWay(journey, (name) => recorder.lastDigest(name)) };
  };
  const first = await order(1);
  const prepared = await order(2);
  await prepared.way.begin();
  await prepared.way.toTheWard();
  const collected = await order(3);
  await collected.way.begin();
  const before = [...preparations, ...shared, ...recorder.take()];
  for (const { journey } of [first, prepared, collected]) {
    people.set(journey.patient.id, journey.patient);
  }
  await toTheEnd(first.way);
  const plan = recorder.take();
  const other = await order(4);
  await toTheEnd(other.way);
  return {
    definition,
    later: processHash(later),
    consortium,
    members: all,
    people,
    before,
    plan,
    anew: anewFrom(recorder.take(), shared, [first.journey, other.journey]),
    journeys: [first.journey, prepared.journey, collected.journey],
  };
}

/** Every role that a member may grant is somebody's: whom a step's role names is seen by who has it. */
async function enrolForRest(
  recorder: Recorder,
  consortium: Consortium,
  members: readonly Member[],
  people: readonly Person[],
): Promise<void> {
  for (const { mspId: organisation, id: member, roles } of members) {
    const rest = roles
      .map((name) => roleSchema.parse(name))
      .filter(
        (role) =>
          !ALONE.some((each) => each === role) &&
          !people.some((each) => each.organisation === organisation && each.roles.includes(role)),
      );
    for (const role of rest) {
      await enrol(recorder, consortium, {
        id: `${member}.rest-${role}`,
        organisation,
        roles: [role],
      });
    }
  }
}

async function toTheEnd(way: HonestWay): Promise<void> {
  await way.begin();
  await way.toTheWard();
  await way.give();
}
