import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chainOfIdentity, din } from '#scripts';
import { type CliBench, cliBench } from './cli.fixture.js';

/** Together they can do every step. */
const PARTIES = 'ClinicMSP,HospitalMSP,LabMSP,ManufacturerMSP,CourierMSP';

/** How the technician's signatures are printed: in another script than the rest. */
export const PRINTED_NAME = '検査室の技師';

export const COI = chainOfIdentity(1);
export const [ITEM, SECOND_ITEM] = [din(1), din(2)];
export const CLINICIAN = ['--as', 'clinic.clinician'];
export const COLLECTOR = ['--as', 'clinic.collector'];
export const TECHNICIAN = ['--as', 'lab.technician'];

const PURPOSES = ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'];

/** The words that order a therapy for the patient of these stories. */
export const orderOf = (coi: string) => [
  ...['order', '--coi', coi, '--patient', 'patient-1', '--parties', PARTIES],
  ...['--dose', '1:50:4012345000016:4012345000023:slot-1', ...CLINICIAN],
];

/** A consortium with a clinic, and the form on which its patients consent. */
export interface Clinic extends CliBench {
  readonly form: string;
}

export async function clinicBench(): Promise<Clinic> {
  const bench = await cliBench('ClinicMSP:DE:patient,collector,clinician');
  const form = join(bench.folder, 'form.md');
  await writeFile(form, 'Clause purpose: I agree.\n');
  return { ...bench, form };
}

/** The same, with a therapy of which two samples were handed over, the second under another's label. */
export async function toldTherapy(): Promise<Clinic> {
  const clinic = await clinicBench();
  const { form, tell } = clinic;
  await tell('enrol', '--organisation', 'ClinicMSP');
  await tell('enrol', 'lab.technician', '--roles', 'lab', '--printed-name', PRINTED_NAME);
  await tell('enrol', 'patient-1', '--roles', 'patient', '--as', 'clinic.registrar');
  const asked = ['--patient', 'patient-1', '--form', form, ...CLINICIAN];
  await tell('request-consent', ...PURPOSES, ...asked);
  await tell('give-consent', ...PURPOSES, '--form', form, '--as', 'patient-1');
  await tell(...orderOf(COI));
  for (const [item, visit] of [
    [ITEM, 'visit-1'],
    [SECOND_ITEM, 'visit-2'],
  ] as const) {
    await tell('collect', COI, item, '--kind', 'blood-edta', '--occasion', visit, ...COLLECTOR);
    await tell('release', COI, item, '--to', 'LabMSP', ...COLLECTOR);
    await tell('receive', COI, item, '--label', ITEM, ...TECHNICIAN);
  }
  return clinic;
}
