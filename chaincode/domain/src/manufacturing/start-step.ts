import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type ConsentUse, reasonsAgainstUse, usesMade } from '../consent/evaluate.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { code, coi, itemId, localId } from '../values/identifiers.js';
import {
  dataClassesOf,
  type ProcessDefinition,
  type Step,
  stepOf,
} from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { Role } from '../values/roles.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Design } from '../nouns/design.js';
import { reasonsAgainstNeeds, reasonsOfBlockers } from './needs.js';
import type { StepAttempt } from '../nouns/step.js';
import { findSuspects } from '../registry/suspects.js';
import { optionally, therapyAndDefinition } from './pinned-process.js';
import { statementsOf } from './statements.js';
import { weighConsents } from '../consent/weigh-consents.js';

/** Who does the steps that are started and reported. */
export const STEP_ROLES = [
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
  /** the attempts that show what this step needs */
  evidence: z.array(attemptRef).max(16),
  design: localId.optional(),
  batch: localId.optional(),
});

export const startStep = definePermission({
  type: 'manufacturing:StartStep',
  roles: STEP_ROLES,
  signature: 'delegable',
  annexes: [],
  body: startStepBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const { coi } = body;
    const state = await therapyAndDefinition(reader, coi);
    const named = await Promise.all(
      body.evidence.map(({ step, attempt }) => reader.get('step', { coi, step, attempt })),
    );
    const evidence = named.filter((attempt) => attempt !== undefined);
    const inputs = await Promise.all(body.inputs.map((item) => reader.named(coi, item)));
    const design = await optionally(body.design, (id) => reader.get('design', { coi, id }));
    const batch = await optionally(body.batch, (id) => reader.get('batch', { coi, id }));
    const items = inputs.flatMap((each) => (each.known === 'own' ? [each.item] : []));
    const restsOn = [state.therapy, ...items, ...evidence, design, batch].flatMap((thing) =>
      thing ? statementsOf(thing) : [],
    );
    return {
      ...state,
      existing: await reader.get('step', { coi, step: body.step, attempt: body.attempt }),
      inputs,
      evidence,
      design,
      batch,
      consents: await weighConsents(reader, state.therapy.patient),
      suspects: await findSuspects(reader, coi, restsOn),
    };
  },
  decide: decideStartStep,
});
type Body = z.infer<typeof startStepBody>;

export interface StartState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly existing: StepAttempt | undefined;
  readonly inputs: readonly NamedItem[];
  readonly evidence: readonly StepAttempt[];
  readonly design: Design | undefined;
  readonly batch: Batch | undefined;
  readonly consents: readonly WeighedConsent[];
  /** what the step would rest on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/**
 * The interlock of a step: consent for its purposes, the steps it needs, inputs of this chain of identity held
 * here and not quarantined, nothing in scope on hold.
 */
export function decideStartStep(
  state: StartState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const step = stepOf(state.definition, body.step);
  const subject = `step ${body.step}/${body.attempt}`;
  if (step?.attestedBy !== 'manufacturing:ReportStep') {
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_STEP', subject }] };
  }
  const reasons: Reason[] = [];
  if (state.existing) reasons.push({ code: 'ATTEMPT_TAKEN', subject });
  if (!step.roles.some((role) => context.actor.roles.includes(role))) {
    reasons.push({
      code: 'STEP_ROLE',
      subject,
      expected: step.roles.join(),
      found: context.actor.roles.join(),
    });
  }
  const uses = usesOf(step, context);
  reasons.push(
    ...uses.flatMap((use) => reasonsAgainstUse(state.consents, use)),
    ...reasonsAgainstNeeds(state.definition, step, { ...state, attempts: state.evidence }),
    ...state.inputs.flatMap((named) => reasonsAgainstInput(named, step, state, context)),
    ...reasonsOfBlockers(state.therapy),
    ...reasonsOfSuspects(state.suspects),
  );
  return permitUnless(reasons, () => [
    {
      noun: 'step',
      coi: body.coi,
      step: body.step,
      attempt: body.attempt,
      blockers: [],
      permission: {
        ...signedBy(command, context),
        inputs: body.inputs,
      },
    },
    ...usesMade(state.consents, uses, command.id),
  ]);
}

/** The uses of consent that a step makes. */
export function usesOf(step: Step, context: Context): readonly ConsentUse[] {
  const dataClasses = dataClassesOf(step);
  return step.consents.map((purpose) => ({ purpose, at: context.transactionTime, dataClasses }));
}

function reasonsAgainstInput(
  named: NamedItem,
  step: Step,
  state: StartState,
  context: Context,
): readonly Reason[] {
  const subject = `item ${named.id}`;
  if (named.known === 'never') return [{ code: 'UNKNOWN_ITEM', subject }];
  if (named.known === 'foreign') {
    return [{ code: 'FOREIGN_ITEM', subject, expected: state.therapy.coi, found: named.item.coi }];
  }
  const { item } = named;
  return [
    ...reasonsOfBlockers(item),
    ...reasonsAgainstCustody(item, context),
    ...(step.inputs.includes(item.kind)
      ? []
      : [
          {
            code: 'WRONG_KIND',
            subject,
            expected: step.inputs.join() || 'no input',
            found: item.kind,
          },
        ]),
    ...(item.collected && item.collected.confirmedBy === undefined
      ? [{ code: 'COLLECTION_NOT_CONFIRMED', subject, expected: 'a second person' }]
      : []),
  ];
}

/** Why an item is not in the actor's organisation's hands. */
export function reasonsAgainstCustody(item: Item, context: Context): readonly Reason[] {
  const subject = `item ${item.id}`;
  if (item.custody !== 'in-custody') {
    return [{ code: 'NOT_IN_CUSTODY', subject, expected: 'in-custody', found: item.custody }];
  }
  const here = context.actor.organisation;
  if (item.holder.organisation === here) return [];
  return [{ code: 'NOT_HOLDER', subject, expected: here, found: item.holder.organisation }];
}
