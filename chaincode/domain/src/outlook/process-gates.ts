import { reasonsAgainstUse } from '../consent/evaluate.js';
import type { ConsentUse } from '../consent/use.js';
import { type Recipient, usesOfStep } from '../consent/uses.js';
import { reasonsOfAlarmsAtBedside, reasonsToLook } from '../gates/alarms.js';
import { reasonsOfBlocks } from '../gates/blocks.js';
import { distinct } from '../gates/chain.js';
import { isIrreversible } from '../gates/irreversible.js';
import { usesOfDose } from '../gates/consent.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Blockable } from '../nouns/blockable.js';
import type { Step } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { Purpose } from '../values/words.js';
import { reasonsOfSuspects } from '../registry/suspicion.js';
import type { GateOutlook } from './outlook.js';
import { type OutlookState, recipientIn, suspectsUpstream } from './outlook-state.js';
import { isGiven } from './state-words.js';

const REPORTED = 'manufacturing:ReportStep';

/** The gate before a step, by the command that attests the step; the others are facts, and stop nothing. */
const GATES: Readonly<Record<string, string>> = {
  'manufacturing:ReportStep': 'manufacturing:StartStep',
  'manufacturing:ApproveDesign': 'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch': 'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch': 'manufacturing:CertifyBatch',
  'care:RecordAdministration': 'care:AuthoriseDose',
};

/**
 * What the gates ahead would say whatever they are asked of: of the therapy as a whole the next of them, of each step that
 * is not done yet its own, and of each consent the first that asks for it.
 */
export function outlooksOfProcess(state: OutlookState): readonly GateOutlook[] {
  const { whole } = state;
  const ahead = whole.definition.steps.flatMap((step) => {
    const gate = GATES[isIrreversible(step) ? REPORTED : step.attestedBy];
    if (gate === undefined || isDone(whole, step)) return [];
    return [{ step, gate, reasons: reasonsWhatever(state, step) }];
  });
  const [next] = ahead;
  if (!next) return [];
  return [
    outlookOf(`therapy ${whole.therapy.coi}`, next),
    ...ahead.map((each) => outlookOf(`step ${each.step.id}`, each)),
    ...outlooksOfConsents(state, ahead),
  ];
}

interface Ahead {
  readonly step: Step;
  readonly gate: string;
  readonly reasons: readonly Reason[];
}

function outlookOf(subject: string, { step, gate, reasons }: Ahead): GateOutlook {
  return { subject, gate, step: step.id, reasons };
}

function outlooksOfConsents(state: OutlookState, ahead: readonly Ahead[]): readonly GateOutlook[] {
  const asking = new Map<string, GateOutlook>();
  for (const { step, gate } of ahead) {
    for (const { purpose, reasons } of consentsAsked(state, step)) {
      const subject = `consent ${purpose}`;
      if (!asking.has(subject)) asking.set(subject, { subject, gate, step: step.id, reasons });
    }
  }
  return [...asking.values()];
}

/**
 * What the gate before a step says of each consent that it asks about, whoever asks: of the parties that may do the step,
 * to the one against which least stands, since consents may name recipients and countries.
 */
function consentsAsked(
  state: OutlookState,
  step: Step,
): readonly { readonly purpose: Purpose; readonly reasons: readonly Reason[] }[] {
  const asked = partiesThatDo(state, step).map((id) =>
    usesAsked(state, step, recipientIn(state, id)).map((use) => ({
      purpose: use.purpose,
      reasons: reasonsAgainstUse(state.consents, use),
    })),
  );
  const [first = [], ...others] = asked;
  return first.map((one, index) =>
    others
      .flatMap((each) => each[index] ?? [])
      .reduce((least, each) => (each.reasons.length < least.reasons.length ? each : least), one),
  );
}

function usesAsked(
  { whole: { definition }, at }: OutlookState,
  step: Step,
  recipient: Recipient,
): readonly ConsentUse[] {
  switch (step.attestedBy) {
    case 'care:RecordAdministration':
      return usesOfDose(definition, recipient, at);
    case 'manufacturing:ReportStep':
    case 'manufacturing:ApproveDesign':
      return usesOfStep(step, recipient, at);
    default:
      return [];
  }
}

/** The parties whose staff may do a step; where the process names none of their roles, the therapy's quality. */
function partiesThatDo({ whole, parties }: OutlookState, step: Step): readonly string[] {
  const roles = step.attestedBy === 'care:RecordAdministration' ? AUTHORISING : step.roles;
  const able = parties
    .filter(({ grantable }) => roles.some((role) => grantable.includes(role)))
    .map(({ id }) => id);
  const { quality } = whole.therapy;
  return step.attestedBy === 'manufacturing:ApproveDesign' || able.length === 0 ? [quality] : able;
}

const AUTHORISING: Step['roles'] = ['clinician'];

function reasonsWhatever(state: OutlookState, step: Step): readonly Reason[] {
  const { whole } = state;
  const nothing = upstreamOf(whole, []);
  return distinct([
    ...consentsAsked(state, step).flatMap(({ reasons }) => reasons),
    ...reasonsOfBlocks(whole, nothing),
    ...reasonsOfAlarms(state, step),
    ...reasonsOfSuspects(suspectsUpstream(state, nothing)),
  ]);
}

/** Why a gate waits for alarms about the therapy itself. */
function reasonsOfAlarms({ whole, at }: OutlookState, { attestedBy }: Step): readonly Reason[] {
  const nothing = upstreamOf(whole, []);
  if (attestedBy === 'manufacturing:ReportStep') return [];
  if (attestedBy !== 'care:RecordAdministration') return reasonsToLook(whole, nothing);
  const asked = { item: '', verifications: [], alarmsSeen: [], physician: { principal: '' } };
  return reasonsOfAlarmsAtBedside(whole, nothing, asked, at);
}

function isDone(whole: WholeTherapy, step: Step): boolean {
  const batches = [...whole.batches.values()].filter(
    (batch) => isStanding(batch) && batch.recall === undefined,
  );
  switch (step.attestedBy) {
    case 'manufacturing:ReportStep':
      return [...whole.attempts.values()].some(
        (attempt) => attempt.step === step.id && attempt.report && isStanding(attempt),
      );
    case 'manufacturing:ApproveDesign':
      return [...whole.designs.values()].some((design) => design.approved && isStanding(design));
    case 'manufacturing:ReviewBatch':
      return batches.some(({ review }) => review);
    case 'manufacturing:CertifyBatch':
      return batches.some(({ certification }) => certification);
    case 'custody:DeriveItem':
      return isAllGiven(whole) || isPrepared(whole, step);
    default:
      return isAllGiven(whole);
  }
}

/** Whether something that the step makes is there to be given. */
function isPrepared({ items }: WholeTherapy, { outputs }: Step): boolean {
  return [...items.values()].some(
    ({ kind, custody }) => custody === 'in-custody' && outputs.includes(kind),
  );
}

/** Whether quality has not set it aside, and nobody annulled its record. */
function isStanding({ blockers }: Blockable): boolean {
  return blockers.every(({ kind }) => kind !== 'rejected' && kind !== 'annulled');
}

function isAllGiven({ therapy, doses }: WholeTherapy): boolean {
  const given = new Set([...doses.values()].filter(isGiven).map(({ number }) => number));
  return therapy.orderLines.every(
    ({ dose, cancelled }) => cancelled !== undefined || given.has(dose),
  );
}
