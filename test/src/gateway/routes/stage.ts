import {
  type Cast,
  enrolCast,
  enrolPatient,
  openForBusiness,
  type Person,
  registerShared,
  TherapyJourney,
} from '#scripts';
import { shippedProcesses } from '@veinledger/cli';
import type { EntityOf, ProcessDefinition } from '@veinledger/domain';
import { type GatewayBench, gatewayBench } from '../gateway.fixture.js';
import { type ApiDocument, fetchDocument, NounSubmitter } from '../noun-submitter.js';

/** What the tests read of a trace. */
export interface Trace {
  readonly things: readonly {
    readonly noun: string;
    readonly id: string;
    readonly commitment: string;
  }[];
  readonly records: readonly EntityOf<'record'>[];
}

/** What the tests read of a list. */
export interface Page<T = unknown> {
  readonly items: readonly T[];
}

/** A gateway whose routes carry one therapy, and what is needed to send and to read by them. */
export interface RoutesStage {
  readonly bench: GatewayBench;
  readonly document: ApiDocument;
  readonly submitter: NounSubmitter;
  readonly cast: Cast;
  readonly patient: Person;
  /** the process that therapies are ordered by there */
  readonly definition: ProcessDefinition;
  readonly journey: TherapyJourney;
  readonly trace: () => Promise<Trace>;
}

/** A part of what the routes carry; each goes on where the one before has ended. */
export type RoutesChapter = (stage: () => RoutesStage) => void;

/**
 * The shipped processes, with an out-of-specification exception in the members' country, and a preparation that cannot be
 * undone.
 */
function withMore() {
  const outOfSpecification = { jurisdictions: ['DE'], notificationHours: 48 };
  return shippedProcesses().map((each) => ({
    ...each,
    outOfSpecification,
    steps: each.steps.map((step) =>
      step.attestedBy === 'custody:DeriveItem' ? { ...step, irreversible: true } : step,
    ),
  }));
}

export async function openRoutesStage(): Promise<RoutesStage> {
  const definitions = withMore();
  const bench = await gatewayBench({}, {}, { RegulatorMSP: ['clinician'] }, definitions);
  const document = await fetchDocument(bench.gateway.url);
  const { network } = bench.consortium.root;
  const submitter = new NounSubmitter({ url: bench.gateway.url, network, document });
  submitter.succeeded.add('openapi');
  await openForBusiness(submitter, bench.consortium, definitions);
  const cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  const [definition] = definitions;
  if (!definition) throw new Error('no process ships');
  const journey = new TherapyJourney({ submitter, cast, patient, serial: 1, definition });
  const trace = () => submitter.read<Trace>(cast.auditor, 'traceTherapy', { coi: journey.coi });
  return { bench, document, submitter, cast, patient, definition, journey, trace };
}
