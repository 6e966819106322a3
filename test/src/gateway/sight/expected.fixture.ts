import { type Person, PARTIES } from '#scripts';
import {
  type CommandRecord,
  type Entity,
  type Learner,
  MATTERS,
  type Sight,
  TOLD_OF_NOUN,
  TOLD_OF_RECORD,
  type Told,
} from '@veinledger/domain';
import { ADMITTED, type Played } from './played.fixture.js';

const NAMED: readonly Learner[] = ['courier', 'payer', 'registrar', 'auditor'];

/** What a person is to a patient's therapy. */
export function partIn({ id: patient }: Person, person: Person): Learner {
  const { id, organisation, roles } = person;
  if (roles.includes('patient')) return id === patient ? 'patient' : 'outsider';
  if (roles.includes('auditor')) return 'auditor';
  if (id === ADMITTED && patient === 'patient-1') return 'staff';
  return PARTIES.includes(organisation) ? roleOf(roles) : 'outsider';
}

function roleOf(roles: Person['roles']): Learner {
  return NAMED.find((each) => roles.some((role) => role === each)) ?? 'staff';
}

/** Who asks at a contract, which knows the organisation alone: what is open to one of its physicians it tells as a physician. */
export function atContract(person: Person): Person {
  const { organisation, roles } = person;
  const asPhysician = organisation === 'RegulatorMSP' && roles.includes('clinician');
  return asPhysician ? { ...person, id: ADMITTED } : person;
}

/** What the table says that a person learns of one of the therapy's things. */
export function sightOfThing({ journey }: Played, person: Person, { noun }: Entity): Sight {
  return lineOf(TOLD_OF_NOUN[noun], partIn(journey.patient, person));
}

/**
 * What the table says that a person learns of a command.
 * @param isOwn whether the command is the person's own, whatever else they learn
 */
export function sightOfCommand(
  { journey, other }: Played,
  person: Person,
  record: CommandRecord,
  isOwn = record.actor === person.id,
): Sight {
  if (isOwn) return 'whole';
  const { kind, id } = record.scope;
  const matter = MATTERS.get(record.type);
  if (matter === undefined) throw new Error(`no line of the table for ${record.type}`);
  const line: Told = TOLD_OF_RECORD[matter];
  const ofPatient = person.roles.includes('patient');
  switch (kind) {
    case 'therapy': {
      const therapy = [journey, other].find(({ coi }) => coi === id);
      if (therapy) return lineOf(line, partIn(therapy.patient, person));
      // of a refused order there is no therapy: it is their own affair who asked for it
      const asked = person.organisation === record.organisation || person.roles.includes('auditor');
      return asked && !ofPatient ? lineOf(line, roleOf(person.roles)) : 'nothing';
    }
    case 'patient':
      if (ofPatient) return id === person.id ? 'whole' : 'nothing';
      return knows(person) ? lineOf(line, roleOf(person.roles)) : 'nothing';
    default: {
      if (ofPatient) return 'nothing';
      const named = [record.actor, ...record.changed].join(' ');
      return /patient-\d/u.test(named) && !knows(person)
        ? 'nothing'
        : lineOf(line, roleOf(person.roles));
    }
  }
}

/** Patients are known to who enrolled them, but for who carries, and to auditors. */
function knows({ organisation, roles }: Person): boolean {
  if (roles.includes('auditor')) return true;
  return organisation === 'HospitalMSP' && !roles.includes('courier');
}

/** Whether the person decides of the quality of both therapies, or audits them: names of one are told to them in the other. */
export function learnsOfBoth({ organisation, roles }: Person, { whole }: Played): boolean {
  if (roles.includes('auditor')) return true;
  return roles.includes('quality') && organisation === whole.therapy.quality;
}

function lineOf(line: Told, learner: Learner): Sight {
  return line[learner] ?? 'nothing';
}
