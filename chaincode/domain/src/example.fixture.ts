import type { Verification } from './nouns/verification.js';
import type { Command, Envelope } from './commands/command.js';
import type { Consent } from './nouns/consent.js';
import type { ConsentState } from './values/words.js';
import type { UseByFact } from './consent/fact.js';
import type { Recipient } from './consent/uses.js';
import type { WeighedConsent } from './consent/weighed.js';
import type { Item } from './nouns/item.js';
import type { Context } from './commands/decision.js';
import { mod37Check } from './values/identifiers.js';
import type { Ancestry } from './graph/ancestry.js';
import type { Batch } from './nouns/batch.js';
import type { Dataset } from './nouns/dataset.js';
import type { Design } from './nouns/design.js';
import type { StepAttempt } from './nouns/step.js';
import type { ProcessDefinition, Step } from './nouns/process-definition.js';
import type { Actor } from './nouns/actor.js';
import type { Role } from './values/roles.js';
import type { Signed } from './nouns/signed.js';
import type { Therapy } from './nouns/therapy.js';

/** Now, in every example. */
export const NOW = '2026-11-22T13:00:00.000Z';

/** Any SHA-256 digest in base64url. */
export const DIGEST = 'A'.repeat(43);

/** An ISBT 128 donation identification number with its check character. */
export function din(serial: number): string {
  const digits = `H123426${String(serial).padStart(6, '0')}`;
  return `${digits}${mod37Check(digits)}`;
}

export const COI = din(900_001);
export const OTHER_COI = din(900_002);

export function signed(actor: string): Signed {
  return { actor, command: DIGEST, at: NOW, time: NOW };
}

export function actor(id: string, organisation: string, ...roles: Role[]): Actor {
  return {
    noun: 'actor',
    id,
    organisation,
    kind: 'person',
    roles,
    keys: { ed25519: 'A'.repeat(43), mlDsa65: 'A'.repeat(2603) },
    enrolledAt: NOW,
    enrolledBy: 'hospital.registrar',
  };
}

export function therapy(rest: Partial<Therapy> = {}): Therapy {
  return {
    noun: 'therapy',
    coi: COI,
    patient: 'patient-1',
    process: { id: 'example', version: '1.0', hash: DIGEST },
    parties: ['HospitalMSP', 'LabMSP', 'CourierMSP'],
    quality: 'LabMSP',
    jurisdiction: 'DE',
    orderLines: [
      { dose: 1, day: 50, site: '4012345000016', depot: '4012345000023', slot: 'slot-1' },
    ],
    ordered: signed('hospital.clinician'),
    blockers: [],
    ...rest,
  };
}

export function item(rest: Partial<Item> = {}): Item {
  return {
    noun: 'item',
    coi: COI,
    id: din(1),
    kind: 'tumour',
    parents: [],
    holder: { organisation: 'HospitalMSP', actor: 'hospital.collector' },
    custody: 'in-custody',
    range: { temperatureMinC: 2, temperatureMaxC: 8 },
    signatures: [],
    blockers: [],
    ...rest,
  };
}

/** A thing as a command of its own therapy names it, by the number that it has. */
export const namedOwn = (of: Item) => ({ id: of.id, known: 'own', item: of }) as const;

/** A sample that one person took and another confirmed. */
export function sample(rest: Partial<Item> = {}): Item {
  const collected = {
    by: 'hospital.collector',
    occasion: 'visit-1',
    confirmedBy: 'hospital.clinician',
  };
  return item({ collected, ...rest });
}

export function step(id: string, rest: Partial<Step> = {}): Step {
  return {
    number: 1,
    id,
    roles: ['lab'],
    attestedBy: 'manufacturing:ReportStep',
    needs: [],
    inputs: [],
    outputs: [],
    datasets: [],
    lots: false,
    sharedRun: false,
    checks: [],
    consents: [],
    signatures: 1,
    targetDay: 0,
    ...rest,
  };
}

/** Steps in their order, numbered from 1. */
export function definition(
  steps: readonly Step[] = [step('only')],
  rest: Partial<ProcessDefinition> = {},
): ProcessDefinition {
  return {
    id: 'example',
    version: '1.0',
    items: [
      { code: 'tumour', collected: true, temperatureMinC: 2, temperatureMaxC: 8 },
      { code: 'vial', collected: false, temperatureMaxC: -60 },
      { code: 'dose', collected: false, inUseMinutes: 360 },
    ],
    steps: steps.map((each, index) => ({ ...each, number: index + 1 })),
    doseConsents: ['TREATMENT_MANUFACTURE'],
    bedsideMinutes: 15,
    authorisationMinutes: 60,
    retentionYears: 30,
    ...rest,
  };
}

export function attempt(name: string, rest: Partial<StepAttempt> = {}): StepAttempt {
  return { noun: 'step', coi: COI, step: name, attempt: 1, blockers: [], ...rest };
}

/** What a person reported of a step. */
export function report(
  by: string,
  rest: Partial<NonNullable<StepAttempt['report']>> = {},
): NonNullable<StepAttempt['report']> {
  return {
    ...signed(by),
    inputs: [],
    outputs: [],
    inputDatasets: [],
    datasets: [],
    lots: [],
    equipment: [],
    sop: { id: 'sop-1', version: '1.0' },
    verdicts: [],
    ...rest,
  };
}

export function dataset(rest: Partial<Dataset> = {}): Dataset {
  return {
    noun: 'dataset',
    coi: COI,
    id: 'fastq',
    kind: 'fastq',
    commitment: DIGEST,
    producedBy: { step: 'sequencing', attempt: 1 },
    reported: signed('lab.technician'),
    region: 'DE',
    blockers: [],
    ...rest,
  };
}

export function design(rest: Partial<Design> = {}): Design {
  return {
    noun: 'design',
    coi: COI,
    id: 'design-1',
    version: 1,
    commitment: DIGEST,
    datasets: ['fastq'],
    ranking: { step: 'ranking', attempt: 1 },
    verdicts: [],
    submitted: signed('lab.designer'),
    approved: signed('manufacturer.quality'),
    blockers: [],
    ...rest,
  };
}

export function batch(rest: Partial<Batch> = {}): Batch {
  return {
    noun: 'batch',
    coi: COI,
    id: 'batch-1',
    design: 'design-1',
    fill: { step: 'fill', attempt: 1 },
    vials: [],
    reconciliation: { made: 0, sampled: 0, retained: 0, rejected: 0 },
    expiry: '2028-11-22T13:00:00.000Z',
    recorded: signed('manufacturer.operator'),
    review: signed('manufacturer.reviewer'),
    certification: signed('manufacturer.release-person'),
    blockers: [],
    ...rest,
  };
}

export function ancestry(rest: Partial<Ancestry> = {}): Ancestry {
  const nothing = { items: [], attempts: [], datasets: [], designs: [], batches: [], lots: [] };
  return { ...nothing, missing: [], foreign: [], circular: [], ...rest };
}

export function consent(state: ConsentState, rest: Partial<Consent> = {}): Consent {
  return {
    noun: 'consent',
    patient: 'patient-1',
    purpose: 'TREATMENT_MANUFACTURE',
    id: 'consent-1',
    state,
    legalBasis: 'consent',
    scope: {},
    ...rest,
  };
}

/** Who uses the patient's material and data. */
export const RECIPIENT: Recipient = { recipient: 'LabMSP', country: 'DE' };

/** A fact that needs no consent. */
export const NO_USE: UseByFact = {
  consents: [],
  purposes: [],
  dataClasses: [],
  recipient: RECIPIENT,
};

/** A fact that needs consent to manufacture, of which the patient has said this. */
export function useBy(...consents: readonly WeighedConsent[]): UseByFact {
  return { ...NO_USE, purposes: ['TREATMENT_MANUFACTURE'], dataClasses: ['sample'], consents };
}

export function verification(by: string, rest: Partial<Verification> = {}): Verification {
  return {
    noun: 'verification',
    coi: COI,
    id: `verification-${by}`,
    item: din(9),
    by: { ...signed(by), roles: [by === 'patient-1' ? 'patient' : 'nurse'] },
    token: 'wristband',
    patient: 'patient-1',
    labelCoi: COI,
    verifiedAt: NOW,
    matches: true,
    ...rest,
  };
}

export function command<Body>(by: string, body: Body, rest: Partial<Envelope> = {}): Command<Body> {
  return {
    v: 1,
    network: DIGEST,
    type: 'custody:CollectItem',
    actor: by,
    at: NOW,
    nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
    ...rest,
    id: `${'C'.repeat(42)}A`,
    body,
  };
}

/** What a decision knows of an actor's command on the example's therapy. */
export function context(by: Actor, rest: Partial<Context> = {}): Context {
  return {
    transactionTime: NOW,
    transactionId: 'transaction-1',
    actor: by,
    principal: by.id,
    root: { v: 1, network: DIGEST, organisations: [], processes: [] },
    verifier: { ed25519: () => true, mlDsa65: () => true, ed25519KeyIsSound: () => true },
    typeNamed: () => undefined,
    late: false,
    scope: { kind: 'therapy', id: COI },
    ...rest,
  };
}
