import { loadProfile } from '@veinledger/network/profile';
import { type DevelopmentConsortium, foundHome, homeAt } from '@veinledger/cli';
import { type Cast, enrol, enrolCast, enrolPatient, openForBusiness } from '../journey/cast.js';
import type { Person } from '../journey/submitter.js';
import { HttpSubmitter } from '../journey/http-submitter.js';
import { TherapyJourney } from '../journey/therapy-journey.js';
import type { Speakers } from './messages.js';
import { Sender } from './sender.js';
import { ServedGateway } from './served-gateway.js';

/** How many actors hand in commands in turn. */
const COLLECTORS = 8;

/** A gateway on an empty ledger where everybody is enrolled and the patient agreed. */
export interface Stage {
  readonly gateway: ServedGateway;
  readonly sender: Sender;
  readonly submitter: HttpSubmitter;
  readonly cast: Cast;
  readonly patient: Person;
  readonly network: string;
  readonly people: readonly Person[];
  readonly speakers: Speakers;
  /** somebody who may read traces */
  readonly reader: Person;
  close(): Promise<void>;
}

/** Founds a consortium below a temporary directory and serves its ledger from another process. */
export async function openStage(directory: string): Promise<Stage> {
  const { members } = await loadProfile();
  const consortium = await foundHome(homeAt(directory), members);
  const gateway = await ServedGateway.start(directory);
  const submitter = new HttpSubmitter({ url: gateway.url, network: consortium.root.network });
  await openForBusiness(submitter, consortium);
  const cast = await enrolCast(submitter, consortium);
  const patient = await enrolPatient(submitter, consortium, 'patient-1');
  const journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  const collectors = await enrolCollectors(submitter, consortium);
  const people = [cast.clinician, ...collectors];
  const sender = new Sender(gateway.url, people);
  return {
    gateway,
    ...{ sender, submitter, cast, patient },
    network: consortium.root.network,
    people,
    speakers: {
      clinician: cast.clinician.id,
      patient: patient.id,
      collectors: collectors.map(({ id }) => id),
    },
    reader: cast.clinician,
    close: async () => {
      sender.close();
      await gateway.stop();
    },
  };
}

async function enrolCollectors(
  submitter: HttpSubmitter,
  consortium: DevelopmentConsortium,
): Promise<readonly Person[]> {
  const people: Person[] = [];
  for (let number = 1; number <= COLLECTORS; number += 1) {
    const id = `hospital.collector-${number}`;
    const actor = { id, organisation: 'HospitalMSP', roles: ['collector'] as const };
    people.push(await enrol(submitter, consortium, actor));
  }
  return people;
}
