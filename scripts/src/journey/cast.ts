import { isRelayed, type Role, rootDigest } from '@veinledger/domain';
import { generateActorKeys } from '@veinledger/client/node';
import { type DevelopmentConsortium, enrolmentBody, shippedProcesses } from '@veinledger/cli';
import { type Submitter, type Person, send } from './submitter.js';

/** Everybody who takes part, by the part they play. */
const PARTS = {
  collector: ['HospitalMSP', 'collector'],
  secondCollector: ['HospitalMSP', 'collector'],
  nurse: ['HospitalMSP', 'nurse'],
  clinician: ['HospitalMSP', 'clinician'],
  pathologist: ['HospitalMSP', 'pathologist'],
  pharmacist: ['HospitalMSP', 'pharmacist'],
  coordinator: ['HospitalMSP', 'coordinator'],
  courier: ['CourierMSP', 'courier'],
  labTechnician: ['LabMSP', 'lab'],
  designer: ['LabMSP', 'designer'],
  operator: ['ManufacturerMSP', 'operator'],
  tester: ['ManufacturerMSP', 'quality'],
  reviewer: ['ManufacturerMSP', 'quality'],
  releasePerson: ['ManufacturerMSP', 'release-person'],
  safetyOfficer: ['ManufacturerMSP', 'safety-officer'],
  payer: ['PayerMSP', 'payer'],
  auditor: ['RegulatorMSP', 'auditor'],
} as const satisfies Record<string, readonly [string, Role]>;

export type Part = keyof typeof PARTS;

export type Cast = Readonly<Record<Part, Person>>;

/** The members without whom no therapy's process can be done. */
export const NEEDED_PARTIES = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP', 'CourierMSP'];

/** The members that take part in a therapy. */
export const PARTIES = [...NEEDED_PARTIES, 'PayerMSP'];

/** The registrar of a member. */
export function registrarOf(consortium: DevelopmentConsortium, organisation: string): Person {
  const found = consortium.registrars.find((each) => each.organisation === organisation);
  if (!found) throw new Error(`no registrar of ${organisation}`);
  return { id: found.actor, organisation, roles: ['registrar'], keys: found.keys };
}

/** Bootstraps the ledger from its root and publishes the agreed process definitions. */
export async function openForBusiness(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
  definitions = shippedProcesses(),
): Promise<void> {
  const founder = registrarOf(consortium, 'HospitalMSP');
  await send(submitter, founder, {
    type: 'registry:Bootstrap',
    body: { root: rootDigest(consortium.root) },
  });
  for (const definition of definitions) {
    await send(submitter, founder, { type: 'process:Publish', body: { definition } });
  }
}

/** Enrols everybody, each by the registrar of their own organisation. */
export async function enrolCast(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
): Promise<Cast> {
  const cast = await enrolParts(submitter, consortium, Object.keys(PARTS) as Part[]);
  return cast as Cast;
}

/** The same, all registrars side by side, for a network on which each enrolment waits for its block. */
export async function enrolCastSideBySide(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
): Promise<Cast> {
  const parts = Object.groupBy(Object.keys(PARTS) as Part[], (part) => PARTS[part][0]);
  const enrolled = Object.values(parts).map((own) => enrolParts(submitter, consortium, own));
  return Object.assign({}, ...(await Promise.all(enrolled))) as Cast;
}

async function enrolParts(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
  parts: readonly Part[],
): Promise<Partial<Cast>> {
  const people: Partial<Record<Part, Person>> = {};
  for (const part of parts) {
    const [organisation, role] = PARTS[part];
    const id = `${organisation.replace('MSP', '').toLowerCase()}.${kebab(part)}`;
    people[part] = await enrol(submitter, consortium, { id, organisation, roles: [role] });
  }
  return people;
}

/** Enrols a patient under a pseudonym; the keys stay with the patient. */
export function enrolPatient(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
  pseudonym: string,
): Promise<Person> {
  return enrol(submitter, consortium, {
    id: pseudonym,
    organisation: 'HospitalMSP',
    roles: ['patient'],
  });
}

/** Enrols who is to sign in a patient's place, by whatever authority. */
export function enrolProxy(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
  { id: patient, organisation }: Pick<Person, 'id' | 'organisation'>,
): Promise<Person> {
  const proxy = { id: `${patient}-proxy`, organisation, roles: ['proxy'], patient } as const;
  return enrol(submitter, consortium, proxy);
}

/** Enrols an actor with fresh keys and the proof that it holds them. */
export async function enrol(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
  actor: Pick<Person, 'id' | 'organisation' | 'roles'> & {
    readonly person?: string;
    readonly patient?: string;
  },
  kind: 'person' | 'device' | 'service' = 'person',
): Promise<Person> {
  const keys = generateActorKeys();
  const registrar = registrarOf(consortium, actor.organisation);
  await send(submitter, registrar, {
    type: 'registry:EnrolActor',
    body: await enrolmentBody(submitter.network, actor, keys, kind),
    ...(kind === 'person' && !isRelayed(actor) && printedNameOf(actor)),
  });
  return { ...actor, keys };
}

/** Whoever plays a part is printed by it: a collector of the hospital. */
function printedNameOf({ id }: Pick<Person, 'id'>) {
  const [member = '', ...part] = id.split('.');
  return {
    annexes: { name: { printedName: `${part.join(' ').replaceAll('-', ' ')}, ${member}` } },
  };
}

function kebab(part: string): string {
  return part.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
