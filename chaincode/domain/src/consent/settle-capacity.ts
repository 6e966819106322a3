import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Reason } from '../nouns/reason.js';
import type { Entity } from '../nouns/registry.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { actorId, coi, localId } from '../values/identifiers.js';
import type { Role } from '../values/roles.js';
import { capacityFinding } from '../values/words.js';
import { caresFor, type CareState } from './care.js';
import { reasonsOfTakingPart } from './outside.js';
import { isSelf, reasonsOfProxy } from './proxies.js';
import { asOneOfTwo } from './two-staff.js';

const settleCapacityBody = z.strictObject({
  patient: actorId,
  capacity: localId,
  /** the therapy in which there was a doubt */
  coi,
  /** by the id of the patient's proxy: with whom it is settled */
  proxy: localId,
  finding: capacityFinding,
});
type Body = z.infer<typeof settleCapacityBody>;

/** By whom the physician is joined: the proxy themselves, or a nurse who heard one that has no keys. */
const BESIDE: readonly Role[] = ['proxy', 'nurse'];

export const settleCapacity = definePermission({
  type: 'consent:SettleCapacity',
  roles: ['clinician', ...BESIDE],
  signature: 'own',
  annexes: [],
  body: settleCapacityBody,
  scope: underPatient,
  reads: async (reader, { body }) => {
    const { patient } = body;
    return {
      patient: await reader.get('actor', { id: patient }),
      therapy: await reader.get('therapy', { coi: body.coi }),
      proxy: await reader.get('proxy', { patient, id: body.proxy }),
      before: await reader.get('capacity', { patient, id: body.capacity }),
      signed: [
        ...(await reader.range('consent', { patient })),
        ...(await reader.wholeTherapy(body.coi)),
      ],
    };
  },
  standing: onlyPhysicianOrProxy,
  annulling: 'never',
  decide: decideSettleCapacity,
});

export interface CapacityState extends Pick<CareState, 'patient' | 'therapy' | 'proxy'> {
  /** what was said under this id before */
  readonly before: Capacity | undefined;
  /** everything that bears a signature of who takes part in the therapy */
  readonly signed: readonly Entity[];
}

/** Refuses staff who do not care for the patient, and who is another proxy. */
export function onlyPhysicianOrProxy(
  state: Pick<CapacityState, 'patient' | 'therapy' | 'proxy'>,
  { body }: Pick<Command<Body>, 'body'>,
  context: Context,
): readonly Reason[] {
  const found = context.actor.id;
  if (context.actor.roles.includes('proxy')) {
    if (state.proxy && isSelf(state.proxy, context)) return [];
    return [{ code: 'NOT_A_PROXY', subject: `proxy ${body.proxy}`, found }];
  }
  if (state.therapy?.patient === body.patient && caresFor(state, body.patient, context)) return [];
  return [{ code: 'NOT_THE_PATIENTS_HOSPITAL', subject: `actor ${body.patient}`, found }];
}

/**
 * A physician who takes no part in the therapy settles with the patient's proxy whether the patient is able to decide
 * (E4). Nothing follows from the physician's word alone, and no no is undone by both: what the patient agrees to waits.
 */
export function decideSettleCapacity(
  { proxy, before, signed }: CapacityState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { patient, capacity: id, ...said } = command.body;
  const subject = `capacity ${id}`;
  const of = { noun: 'capacity', patient, id, ...said } as const;
  if (before?.settled) {
    return { decision: 'refused', reasons: [{ code: 'IDENTIFIER_TAKEN', subject }] };
  }
  const one = asOneOfTwo({ subject, half: before?.half }, command, context);
  switch (one.is) {
    case 'other':
      return { decision: 'refused', reasons: one.reasons };
    case 'first':
      return permitUnless(
        [
          ...reasonsOfRole(subject, ['clinician'], context),
          ...reasonsOfTakingPart(signed, subject, context),
        ],
        () => [{ ...of, half: one.half }],
      );
    case 'second':
      return permitUnless(
        [
          ...reasonsOfRole(subject, BESIDE, context),
          ...reasonsOfProxy(proxy, said.proxy, context.transactionTime),
        ],
        () => {
          const settled = { physician: one.first, beside: signedBy(command, context) };
          return [{ ...of, settled }];
        },
      );
  }
}

function reasonsOfRole(
  subject: string,
  roles: readonly Role[],
  { actor }: Context,
): readonly Reason[] {
  if (roles.some((each) => actor.roles.includes(each))) return [];
  const found = actor.roles.join();
  return [{ code: 'NOT_ASKED_TO_SIGN', subject, expected: roles.join(' or '), found }];
}
