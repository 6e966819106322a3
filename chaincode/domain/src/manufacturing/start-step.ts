import { z } from 'zod';
import { ofStart } from '../annulling/manufacturing.js';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import {
  type Asking,
  type Context,
  permitUnless,
  type PermissionDecision,
} from '../commands/decision.js';
import { reasonsAgainstUse, usesMade } from '../consent/evaluate.js';
import type { ConsentUse } from '../consent/use.js';
import { readRecipient, type Recipient, usesOfStep } from '../consent/uses.js';
import { weighConsents } from '../consent/weigh-consents.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { reasonsOfBlocks } from '../gates/blocks.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import { usesOfException } from '../gates/consent.js';
import { ownNameOf } from '../custody/own-name.js';
import { reasonsAgainstCustody } from '../gates/custody.js';
import { reasonsOfReleased, waitsForBatch } from '../gates/containers.js';
import { notDecided } from '../gates/decided.js';
import { areExcepted, notExcepted } from '../gates/exception.js';
import { isIrreversible, reasonsBeforeIrreversible } from '../gates/irreversible.js';
import { reasonsOfInputs } from '../gates/process-path.js';
import type { Ancestry } from '../graph/ancestry.js';
import { type Link, nameOfAttempt } from '../graph/links.js';
import { statementsBehind } from '../graph/statements.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Reader } from '../commands/reader.js';
import { upstreamWithTests } from '../graph/evidence.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { type NamedItem, OF_ANOTHER_THERAPY } from '../nouns/named-item.js';
import { type Step, stepOf } from '../nouns/process-definition.js';
import { miscountsOf } from '../nouns/process-step.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { code, coi, itemId, localId } from '../values/identifiers.js';
import type { Role } from '../values/roles.js';
import type { Training } from '../nouns/training.js';
import { lackOfTraining, readTraining } from './training.js';
import { onlyParties } from '../standing/refuse.js';
import { milliseconds } from '../values/time.js';

/** Who does the steps that are started and reported. */
export const STEP_ROLES = [
  'clinician',
  'coordinator',
  'pathologist',
  'lab',
  'designer',
  'operator',
  'quality',
] as const satisfies readonly Role[];

/** A step, its attempt from 1, and where it stands. */
export const attemptRef = z.strictObject({ step: code, attempt: z.int().min(1).max(99) });

const startStepBody = z.strictObject({
  coi,
  step: code,
  attempt: z.int().min(1).max(99),
  inputs: z.array(itemId).max(50),
  /** those that the step takes */
  datasets: z.array(code).max(16),
  design: localId.optional(),
  batch: localId.optional(),
  /** it takes nothing of the patient: what will be reported was on record before */
  earlierRecord: z.boolean().optional(),
});

/** Who prepares what is given asks before it, where that cannot be undone. */
const START_ROLES = [...STEP_ROLES, 'pharmacist', 'nurse'] as const satisfies readonly Role[];

export const startStep = definePermission({
  type: 'manufacturing:StartStep',
  roles: START_ROLES,
  signature: 'delegable',
  annexes: [],
  body: startStepBody,
  scope: therapyScope,
  reads: (reader, { body }, asking) => readStartState(reader, body, asking),
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: ofStart,
  decide: decideStartStep,
});
type Body = z.infer<typeof startStepBody>;

export interface StartState {
  readonly therapy: Therapy;
  readonly whole: WholeTherapy;
  readonly inputs: readonly NamedItem[];
  /** everything upstream of what the step would be done on */
  readonly ancestry: Ancestry;
  readonly consents: readonly WeighedConsent[];
  /** who would do it */
  readonly recipient: Recipient;
  /** what the step would rest on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
  /** of who would do it, where the step asks for one */
  readonly training?: Training | undefined;
}

/** Reads everything that a step would be begun upon, by whoever asks. */
export async function readStartState(
  reader: Reader,
  body: Body,
  { actor, principal }: Pick<Context, 'actor' | 'principal'>,
): Promise<StartState> {
  const { coi } = body;
  const whole = await readWholeTherapy(reader, coi);
  const { therapy } = whole;
  const inputs = await Promise.all(body.inputs.map((item) => reader.named(coi, item)));
  const links = linksOf(body, inputs);
  const ancestry = upstreamOf(whole, links);
  const step = stepOf(whole.definition, body.step);
  // what cannot be undone asks the gate of the dose, which relies upon the tests too (A10)
  const relied = isIrreversible(step) ? upstreamWithTests(whole, links) : ancestry;
  const consents = await weighConsents(reader, therapy.patient);
  const suspects = await findSuspects(reader, coi, statementsBehind(whole, relied));
  const recipient = await readRecipient(reader, actor.organisation, consents);
  const training = await readTraining(reader, whole.definition, step, principal);
  return { therapy, whole, inputs, ancestry, consents, recipient, suspects, training };
}

/** What a step would be done on. */
export function linksOf(
  { coi, datasets, design, batch }: Body,
  inputs: readonly NamedItem[],
): readonly Link[] {
  return [
    ...inputs.map((named) => ({
      kind: 'item' as const,
      coi: named.known === 'never' ? coi : named.item.coi,
      id: ownNameOf(named),
    })),
    ...datasets.map((id) => ({ kind: 'dataset' as const, id })),
    ...(design === undefined ? [] : [{ kind: 'design' as const, id: design }]),
    ...(batch === undefined ? [] : [{ kind: 'batch' as const, id: batch }]),
  ];
}

/**
 * The interlock of a step: consent for its purposes, the steps it needs on each input's own branch, inputs of this chain
 * of identity held here, a whole chain with nothing blocked upstream of them, however many steps away, and the training that
 * it asks for. An out-of-specification exception stands in the place of what it covers, as it does at the dose. What cannot
 * be undone asks the gate of the dose, whether it is reported afterwards or prepares something (A10).
 */
export function decideStartStep(
  state: StartState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { whole } = state;
  const step = stepOf(whole.definition, body.step);
  const subject = `step ${body.step}/${body.attempt}`;
  if (!step || !isStarted(step)) {
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_STEP', subject }] };
  }
  const { design, batch, datasets, earlierRecord } = body;
  const inputs = state.inputs.map(ownNameOf);
  const items = inputs.map((id) => ({ coi: body.coi, id }));
  const reasons: Reason[] = [
    ...reasonsOfAttempt(whole, step, body, context),
    ...reasonsOfCounts(state, step, subject),
    ...reasonsOfTraining(state.training, step, context),
    ...goneOnWith(
      state,
      step,
      notExcepted(
        whole,
        state.ancestry.batches,
        reasonsOfInputs(whole, step, { items, datasets, design, batch, earlierRecord }, subject),
      ),
      context,
    ),
    ...reasonsAgainstStart(state, step, linksOf(body, state.inputs), context),
  ];
  return permitUnless(distinct(reasons), () => [
    {
      noun: 'step',
      coi: body.coi,
      step: body.step,
      attempt: body.attempt,
      blockers: [],
      permission: { ...signedBy(command, context), inputs, datasets },
    },
    ...usesMade(state.consents, usesOfStart(state, step, context.transactionTime), command.id),
  ]);
}

/**
 * The uses of consent that a step makes. What waits for the certification and begins on a batch that an exception supplies
 * without one, as the lymphodepletion does, needs the patient's consent to that too.
 */
function usesOfStart(
  { whole, ancestry, recipient }: Pick<StartState, 'whole' | 'ancestry' | 'recipient'>,
  step: Step,
  at: string,
): readonly ConsentUse[] {
  const uses = usesOfStep(step, recipient, at);
  const isExcepted = waitsForBatch(whole, step) && areExcepted(whole, ancestry.batches);
  return isExcepted ? [...uses, ...usesOfException(recipient, at)] : uses;
}

/** Why a step cannot start on these, whoever asks and whatever else it would be done on. */
export function reasonsAgainstStart(
  state: Omit<StartState, 'therapy' | 'training'>,
  step: Step,
  links: readonly Link[],
  asking: Asking,
): readonly Reason[] {
  const { whole, inputs, ancestry, consents, suspects } = state;
  const own = inputs.flatMap((named) => (named.known === 'own' ? [named.item] : []));
  const against = [
    ...usesOfStart(state, step, asking.transactionTime).flatMap((use) =>
      reasonsAgainstUse(consents, use),
    ),
    ...inputs.flatMap((named) => reasonsAgainstInput(named, whole.therapy.coi, asking)),
    ...reasonsOfExpired(inputs, asking),
    ...notExcepted(whole, ancestry.batches, [
      ...(links.length === 0
        ? reasonsOfBlocks(whole, ancestry)
        : reasonsOfChain(whole, ancestry, step.id)),
      ...inputs.flatMap((named) =>
        named.known === 'own'
          ? reasonsOfReleased(whole, step, named.item, asking.transactionTime)
          : [],
      ),
    ]),
    ...reasonsOfSuspects(suspects),
    ...(isIrreversible(step)
      ? notExcepted(whole, ancestry.batches, reasonsBeforeIrreversible(state, own, asking))
      : []),
  ];
  return goneOnWith(state, step, against, asking);
}

/** Whether a step is started: it is reported afterwards, or prepares something and cannot be undone. */
function isStarted(step: Step): boolean {
  return step.attestedBy === 'manufacturing:ReportStep' || isIrreversible(step);
}

/** What physician and release person decided to go on with stops no further step that cannot be undone. */
function goneOnWith(
  { whole, ancestry }: Pick<StartState, 'whole' | 'ancestry'>,
  step: Step,
  reasons: readonly Reason[],
  { transactionTime }: Pick<Asking, 'transactionTime'>,
): readonly Reason[] {
  if (!isIrreversible(step)) return reasons;
  return notDecided(whole, ancestry.items, reasons, transactionTime);
}

function reasonsOfAttempt(
  whole: WholeTherapy,
  step: Step,
  body: Body,
  { actor }: Context,
): readonly Reason[] {
  const subject = `step ${body.step}/${body.attempt}`;
  const reasons: Reason[] = [];
  if (whole.attempts.has(nameOfAttempt(body))) {
    reasons.push({ code: 'ATTEMPT_TAKEN', subject });
  }
  if (!step.roles.some((role) => actor.roles.includes(role))) {
    const expected = step.roles.join();
    reasons.push({ code: 'STEP_ROLE', subject, expected, found: actor.roles.join() });
  }
  return reasons;
}

/** Too few or too many of a kind; what rests on an earlier record takes none of it. */
function reasonsOfCounts(
  { inputs }: Pick<StartState, 'inputs'>,
  step: Step,
  subject: string,
): readonly Reason[] {
  if (inputs.length === 0) return [];
  const kinds = inputs.flatMap((named) => (named.known === 'own' ? named.item.kind : []));
  return miscountsOf(step, 'inputs', kinds).map((miscount) => ({
    code: 'INPUTS_MISCOUNTED',
    subject,
    ...miscount,
  }));
}

function reasonsOfTraining(
  training: Training | undefined,
  step: Step,
  { principal, transactionTime: now }: Context,
): readonly Reason[] {
  const lack = lackOfTraining(step, training, { done: now, said: now });
  return lack ? [{ ...lack, subject: `actor ${principal}` }] : [];
}

function reasonsAgainstInput(
  named: NamedItem,
  expected: string,
  asking: Asking,
): readonly Reason[] {
  const subject = `item ${named.id}`;
  if (named.known === 'never') return [{ code: 'UNKNOWN_ITEM', subject }];
  if (named.known === 'foreign') {
    return [{ code: 'FOREIGN_ITEM', expected, found: OF_ANOTHER_THERAPY }];
  }
  return reasonsAgainstCustody(named.item, asking);
}

function reasonsOfExpired(
  inputs: readonly NamedItem[],
  { transactionTime: at }: Pick<Asking, 'transactionTime'>,
): readonly Reason[] {
  return inputs.flatMap((named) => {
    const useBy = named.known === 'own' ? named.item.useBy : undefined;
    if (useBy === undefined || milliseconds(useBy) > milliseconds(at)) return [];
    const expected = `an expiry after ${at}`;
    return [{ code: 'EXPIRED', subject: `item ${named.id}`, expected, found: useBy }];
  });
}
