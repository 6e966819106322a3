import { createHash } from 'node:crypto';
import type { Committed, Person } from './submitter.js';
import type { TherapyJourney } from './therapy-journey.js';

/** Results by check. */
export type Results = Readonly<Record<string, number | boolean>>;

/** What a step is done on and gives, besides its results. */
export interface StepWork {
  readonly by: Person;
  readonly inputs?: readonly { readonly item: string; readonly consumed: boolean }[];
  readonly outputs?: readonly { readonly item: string; readonly kind: string }[];
  readonly inputDatasets?: readonly string[];
  /** files by dataset id */
  readonly datasets?: Readonly<Record<string, ProducedFile>>;
  readonly lots?: readonly string[];
  readonly run?: string;
  readonly design?: string;
  readonly batch?: string;
  readonly sequenceCommitment?: string;
  readonly attempt?: number;
  /** what was on record of the patient before, in place of inputs */
  readonly earlierRecord?: { readonly source: string; readonly issued: string };
  /** what a laboratory without keys signed, which did it for whoever reports it */
  readonly certificate?: {
    readonly laboratory: string;
    readonly certificate: string;
    readonly issued: string;
    readonly file: FileDescription;
  };
}

/** A file of a kind that the process definition names. */
export interface ProducedFile {
  readonly kind: string;
  readonly file: FileDescription;
}

/** What a dataset's annex says of its file. */
export interface FileDescription {
  /** hexadecimal */
  readonly sha256: string;
  readonly bytes: number;
  readonly format: string;
}

/** Asks for the permission to start a step. */
export function startStep(
  journey: TherapyJourney,
  step: string,
  work: StepWork,
): Promise<Committed> {
  const attempt = work.attempt ?? 1;
  return journey.say(work.by, 'manufacturing:StartStep', {
    step,
    attempt,
    inputs: (work.inputs ?? []).map(({ item }) => item),
    datasets: work.inputDatasets ?? [],
    ...(work.design === undefined ? {} : { design: work.design }),
    ...(work.batch === undefined ? {} : { batch: work.batch }),
    ...(work.earlierRecord === undefined ? {} : { earlierRecord: true }),
  });
}

/** Reports a step with its results. */
export function reportStep(
  journey: TherapyJourney,
  step: string,
  work: StepWork,
  results: Results,
): Promise<Committed> {
  const datasets = Object.entries(work.datasets ?? {});
  const annexes = {
    results: { results: Object.entries(results).map(([check, value]) => ({ check, value })) },
    ...(work.certificate === undefined ? {} : { certificate: work.certificate }),
    ...Object.fromEntries(datasets.map(([id, { file }]) => [`dataset.${id}`, file])),
  };
  const body = {
    step,
    attempt: work.attempt ?? 1,
    inputs: work.inputs ?? [],
    outputs: work.outputs ?? [],
    inputDatasets: work.inputDatasets ?? [],
    datasets: datasets.map(([id, { kind }]) => ({ id, kind, region: 'DE' })),
    lots: work.lots ?? [],
    equipment: ['equipment-1'],
    sop: { id: `sop-${step}`, version: '1.0' },
    ...(work.run === undefined ? {} : { run: work.run }),
    ...(work.design === undefined ? {} : { design: work.design }),
    ...(work.batch === undefined ? {} : { batch: work.batch }),
    ...(work.sequenceCommitment === undefined
      ? {}
      : { sequenceCommitment: work.sequenceCommitment }),
    ...(work.earlierRecord === undefined ? {} : { earlierRecord: work.earlierRecord }),
  };
  return journey.say(work.by, 'manufacturing:ReportStep', body, { annexes });
}

/** Starts a step and, when that is permitted, reports it. */
export async function doStep(
  journey: TherapyJourney,
  step: string,
  work: StepWork,
  results: Results,
): Promise<Committed> {
  const permission = await startStep(journey, step, work);
  if (permission.receipt.decision === 'refused') return permission;
  return reportStep(journey, step, work, results);
}

/** The description of a file whose content is at hand. */
export function describeFile(content: Uint8Array, format: string): FileDescription {
  return {
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    format,
  };
}

/** The description of a file that the story only names. */
export function namedFile(name: string, format: string): FileDescription {
  return describeFile(Buffer.from(name), format);
}
