import type { Cast } from './cast.js';
import { type Committed, type Message, type Submitter, send } from './submitter.js';
import { lot } from './labels.js';
import {
  doStep,
  type FileDescription,
  namedFile,
  type ProducedFile,
  type Results,
} from './steps.js';
import type { TherapyJourney } from './therapy-journey.js';

/** Expiry of everything that the story makes: two years from now. */
export function inTwoYears(): string {
  return new Date(Date.now() + 2 * 365 * 24 * 3600 * 1000).toISOString();
}

/** The lots and the sequencing run that several therapies share. */
export async function registerShared(submitter: Submitter, cast: Cast): Promise<void> {
  const { labTechnician, operator } = cast;
  const expiry = inTwoYears();
  const lots = [
    { by: labTechnician, number: 'EX-1', kind: 'extraction-kit' },
    { by: operator, number: 'NTP-1', kind: 'nucleotides' },
    { by: operator, number: 'LNP-1', kind: 'lipids' },
  ];
  for (const { by, number, kind } of lots) {
    await send(submitter, by, {
      type: 'manufacturing:RegisterLot',
      body: { lot: lot(number), kind, expiry },
    });
  }
  const run = { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' };
  await send(submitter, labTechnician, { type: 'manufacturing:RegisterRun', body: run });
}

/** Steps 1 to 3: consent, order, slots, samples. */
export async function enrolment(
  journey: TherapyJourney,
  second: { readonly containers?: number } = {},
): Promise<void> {
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.order(undefined, undefined, second);
  await doStep(journey, 'slot-booking', { by: journey.cast.coordinator }, { 'lead-times': true });
  await journey.collectAll();
}

/** Steps 4 to 8: pathology, courier, extraction, sequencing, the second sample's genotype. */
export async function sequencing(journey: TherapyJourney): Promise<void> {
  const { cast, things, version: attempt } = journey;
  const dataset = (name: string) => journey.dataset(name);
  await doStep(
    journey,
    'pathology',
    {
      by: cast.pathologist,
      attempt,
      inputs: [{ item: things.tumour, consumed: true }],
      outputs: [{ item: things.block, kind: 'block' }],
    },
    { 'tumour-content': 45 },
  );
  const blood = [things.blood, things.secondBlood];
  await journey.ship([things.block, ...blood], cast.nurse, cast.labTechnician, (item) =>
    item === things.block ? 21 : 5,
  );
  await doStep(
    journey,
    'extraction',
    {
      by: cast.labTechnician,
      attempt,
      inputs: [things.block, things.blood].map((item) => ({ item, consumed: true })),
      outputs: [
        { item: things.dna, kind: 'dna' },
        { item: things.rna, kind: 'rna' },
      ],
      lots: [lot('EX-1')],
    },
    { 'dna-mass': 1200, 'rna-mass': 640, rin: 7.8 },
  );
  await doStep(
    journey,
    'sequencing',
    {
      by: cast.labTechnician,
      attempt,
      inputs: [things.dna, things.rna].map((item) => ({ item, consumed: false })),
      outputs: [{ item: things.library, kind: 'library' }],
      datasets: {
        [dataset('tumour-fastq')]: fastq(`${journey.coi} tumour`),
        [dataset('normal-fastq')]: fastq(`${journey.coi} normal`),
        [dataset('rna-fastq')]: fastq(`${journey.coi} rna`),
      },
      lots: [lot('EX-1')],
      run: 'run-1',
    },
    { 'coverage-tumour': 214, 'coverage-normal': 96, q30: 91.4 },
  );
  await doStep(
    journey,
    'genotyping',
    {
      by: cast.labTechnician,
      attempt,
      inputs: [{ item: things.secondBlood, consumed: true }],
      datasets: {
        [dataset('genotype')]: {
          kind: 'genotype',
          file: namedFile(`${journey.coi} second sample`, 'vcf'),
        },
      },
    },
    { 'call-rate': 99.2 },
  );
}

function fastq(name: string): ProducedFile {
  return { kind: 'fastq', file: namedFile(name, 'fastq') };
}

/** Where the analysis can take another turn. */
export interface AnalysisTurn {
  /** of the calling */
  readonly results?: Results;
  /** how many neoantigens were found, by default more than enough */
  readonly neoantigens?: number;
  /** what the tumour is compared with, by default the genotype of the second sample */
  readonly secondSource?: string;
  readonly vcf?: FileDescription;
  readonly fasta?: FileDescription;
}

/** Steps 9 to 11: calling, ranking, design; gives the decision on the design. */
export async function analysis(
  journey: TherapyJourney,
  turn: AnalysisTurn = {},
): Promise<Committed> {
  const { cast, coi, version } = journey;
  const datasets = (...names: readonly string[]) => names.map((name) => journey.dataset(name));
  const [variants = '', hla = '', neoantigens = ''] = datasets('variants', 'hla', 'neoantigens');
  await doStep(
    journey,
    'calling',
    {
      by: cast.designer,
      attempt: version,
      inputDatasets: [
        ...datasets('tumour-fastq', 'normal-fastq', 'rna-fastq'),
        turn.secondSource ?? journey.dataset('genotype'),
      ],
      datasets: {
        [variants]: { kind: 'vcf', file: turn.vcf ?? namedFile(`${coi} variants`, 'vcf') },
        [hla]: { kind: 'hla', file: namedFile(`${coi} hla`, 'tsv') },
      },
    },
    {
      concordance: 0.99,
      contamination: 0.4,
      'second-collection-concordance': 0.99,
      ...turn.results,
    },
  );
  await doStep(
    journey,
    'ranking',
    {
      by: cast.designer,
      attempt: version,
      inputDatasets: [variants, hla],
      datasets: {
        [neoantigens]: { kind: 'neoantigens', file: namedFile(`${coi} neoantigens`, 'tsv') },
      },
    },
    { neoantigens: turn.neoantigens ?? 18 },
  );
  await journey.say(
    cast.designer,
    'manufacturing:SubmitDesign',
    {
      design: journey.design,
      version,
      datasets: [variants, hla, neoantigens],
      ranking: { step: 'ranking', attempt: version },
    },
    {
      annexes: {
        sequence: turn.fasta ?? namedFile(`${coi} sequence`, 'fasta'),
        results: { results: [{ check: 'self-similarity', value: true }] },
      },
    },
  );
  return journey.say(cast.reviewer, 'manufacturing:ApproveDesign', { design: journey.design });
}

/** Steps 12 to 14: template, transcription, fill and finish; gives the batch's record. */
export async function production(
  journey: TherapyJourney,
  sequenceCommitment: string,
  expiry = inTwoYears(),
): Promise<Committed> {
  const { cast, things, making: attempt } = journey;
  const by = cast.operator;
  await makeTemplate(journey, sequenceCommitment);
  await doStep(
    journey,
    'transcription',
    {
      by,
      attempt,
      inputs: [{ item: things.template, consumed: true }],
      outputs: [{ item: things.drugSubstance, kind: 'drug-substance' }],
      lots: [lot('NTP-1')],
    },
    {
      identity: true,
      integrity: 92.1,
      capping: 97.3,
      'poly-a': 118,
      dsrna: 0.08,
      'residual-dna': 310,
      endotoxin: 0.12,
      bioburden: 0,
    },
  );
  await doStep(
    journey,
    'fill-finish',
    {
      by,
      attempt,
      inputs: [{ item: things.drugSubstance, consumed: true }],
      outputs: [...things.vials, things.sampleVial, things.retainedVial].map((item) => ({
        item,
        kind: 'vial',
      })),
      lots: [lot('LNP-1')],
    },
    { size: 82, pdi: 0.09, encapsulation: 94.6, ph: 7.3 },
  );
  return recordBatch(journey, expiry);
}

/** Step 12: the template, of the sequence that the design commits to. */
export function makeTemplate(
  journey: TherapyJourney,
  sequenceCommitment: string,
): Promise<Committed> {
  const { cast, things, design, making: attempt } = journey;
  const outputs = [{ item: things.template, kind: 'template' }];
  const lots = [lot('NTP-1')];
  const work = { by: cast.operator, attempt, design, sequenceCommitment, outputs, lots };
  return doStep(journey, 'template', work, {});
}

/** What was filled, and where every vial of it went. */
export function recordBatch(journey: TherapyJourney, expiry: string): Promise<Committed> {
  const { batch, cast, design, things, making: attempt } = journey;
  return journey.say(cast.operator, 'manufacturing:RecordBatch', {
    batch,
    design,
    fill: { step: 'fill-finish', attempt },
    expiry,
    vials: things.vials,
    reconciliation: { made: things.vials.length + 2, sampled: 1, retained: 1, rejected: 0 },
  });
}

/** Steps 15 to 17: release tests, QA review, certification; gives the certification. */
export async function release(
  journey: TherapyJourney,
  attempt = journey.making,
): Promise<Committed> {
  const { cast, batch } = journey;
  await releaseTests(journey, attempt);
  await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch });
  return journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch });
}

/** Step 15: release tests on a sample of the fill. */
export function releaseTests(
  journey: TherapyJourney,
  attempt = journey.making,
): Promise<Committed> {
  const { cast, batch, things } = journey;
  return doStep(
    journey,
    'release-tests',
    { by: cast.tester, attempt, batch, inputs: [{ item: things.sampleVial, consumed: true }] },
    { 'identity-by-sequencing': true, potency: 103, endotoxin: 0.1, sterility: true },
  );
}

/** Steps 18 to 20: courier, receipt at the pharmacy, preparation of the dose. */
export async function delivery(journey: TherapyJourney): Promise<void> {
  const { cast, things } = journey;
  await journey.ship(things.vials.slice(0, 2), cast.operator, cast.pharmacist, () => -72);
  const [vial] = things.vials;
  const preparing = journey.definition.steps.find(
    ({ attestedBy }) => attestedBy === 'custody:DeriveItem',
  );
  if (preparing?.irreversible) {
    const asked = { step: preparing.id, attempt: journey.making, inputs: [vial], datasets: [] };
    const batch = journey.batch;
    await journey.say(cast.pharmacist, 'manufacturing:StartStep', { ...asked, batch });
  }
  await journey.say(cast.pharmacist, 'custody:DeriveItem', {
    operation: 'prepare',
    parents: [{ item: vial, consumed: true }],
    children: [{ item: things.dose, kind: 'dose' }],
  });
}

/** When something happened that is entered late, and why it is. */
export type Late = Pick<Message, 'at' | 'lateReason'>;

/** Step 21: two staff compare product and patient at the bedside; gives their verifications' ids. */
export async function bedside(
  journey: TherapyJourney,
  item = journey.things.dose,
  round = 1,
  rest: Late = {},
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const person of [journey.cast.nurse, journey.cast.clinician]) {
    const verification = `verification-${round}-${ids.length + 1}`;
    const scanned = {
      item,
      labelCoi: journey.coi,
      token: 'wristband',
      patient: journey.patient.id,
    };
    await journey.say(person, 'care:VerifyBedside', { verification, ...scanned }, rest);
    ids.push(verification);
  }
  return ids;
}

/** Step 22: the interlock before the patient's arm. */
export function authorise(
  journey: TherapyJourney,
  verifications: readonly string[],
  item = journey.things.dose,
  rest: object = {},
): Promise<Committed> {
  return journey.say(journey.cast.clinician, 'care:AuthoriseDose', {
    dose: 'dose-1',
    number: 1,
    item,
    verifications,
    fitness: 'go',
    continueAfterLapse: false,
    ...rest,
  });
}

/** Step 22: what was given. */
export function administer(
  journey: TherapyJourney,
  item = journey.things.dose,
  rest: object = {},
  late: Late = {},
): Promise<Committed> {
  const body = { dose: 'dose-1', number: 1, item, course: 'complete', ...rest };
  const administration = { volumeGivenMl: 1, volumeWastedMl: 0 };
  return journey.say(journey.cast.clinician, 'care:RecordAdministration', body, {
    annexes: { administration },
    ...late,
  });
}

/** Step 23: a follow-up. */
export function followUp(journey: TherapyJourney): Promise<Committed> {
  return journey.say(
    journey.cast.clinician,
    'care:RecordOutcome',
    { outcome: 'outcome-1' },
    {
      annexes: {
        outcome: {
          kind: 'follow-up',
          observations: [{ code: 'injection-site-reaction', value: false }],
        },
      },
    },
  );
}
