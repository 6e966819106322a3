import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, instant } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { milliseconds } from '../values/time.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import type { Organisation } from '../nouns/organisation.js';
import { endOfActor } from '../values/words.js';
import { onlyOwn } from '../standing/refuse.js';

const revokeActorBody = z.strictObject({
  actor: actorId,
  reason: endOfActor,
  /** from when the keys may have been in other hands; what they signed since is suspect */
  compromisedSince: instant.optional(),
});

export const revokeActor = definePermission({
  type: 'registry:RevokeActor',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: revokeActorBody,
  scope: consortiumScope,
  reads: async (reader, command) => {
    const target = await reader.get('actor', { id: command.body.actor });
    const registrar = target?.roles.includes('registrar') === true;
    return {
      target,
      organisation: registrar
        ? await reader.get('organisation', { id: target.organisation })
        : undefined,
    };
  },
  standing: ({ target }, { body }, context) =>
    onlyOwn(target, { code: 'FOREIGN_ACTOR', subject: `actor ${body.actor}` }, context),
  annulling: 'never',
  decide: decideRevoke,
});
type Body = z.infer<typeof revokeActorBody>;

/**
 * A registrar ends an actor of its own organisation, but for patients, whom nobody silences alone (E4). From the commit on the actor signs nothing new, whatever
 * `at` its commands carry; what it signed before stays valid by ledger order, and is suspect from `compromisedSince` on.
 * A compromise that is found later, or that began earlier than was thought, is said by revoking once more. The last
 * registrar ends by votes only, which appoint another.
 */
export function decideRevoke(
  state: {
    readonly target: Actor | undefined;
    /** the target's, where the target is a registrar */
    readonly organisation: Organisation | undefined;
  },
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { target, organisation } = state;
  const subject = `actor ${body.actor}`;
  if (!target) return { decision: 'refused', reasons: [{ code: 'NO_SUCH_ACTOR', subject }] };
  const { compromisedSince: since } = body;
  const reasons = reasonsAgainstRevocation(target, since, context);
  if (isPatient(target)) {
    const expected = 'a registrar’s word and a clinician’s: registry:RevokePatient';
    reasons.push({ code: 'PATIENT_TAKES_TWO', subject, expected });
  }
  const registrars = organisation?.registrars.filter((each) => each !== target.id) ?? [];
  const ends = organisation?.registrars.includes(target.id) === true;
  if (ends && registrars.length === 0) {
    const expected = 'another registrar, or one whom members appoint by votes';
    reasons.push({ code: 'LAST_REGISTRAR', subject, expected });
  }
  return permitUnless(reasons, () => [
    ...(ends ? [{ ...organisation, registrars }] : []),
    {
      ...target,
      revocation: {
        at: target.revocation?.at ?? context.transactionTime,
        by: command.actor,
        reason: body.reason,
        ...(since === undefined ? {} : { compromisedSince: since }),
      },
    },
  ]);
}

/** Why these keys cannot end by this word: they have ended, and it says no more than what is known of a compromise. */
export function reasonsAgainstRevocation(
  { id, revocation }: Actor,
  since: string | undefined,
  { transactionTime }: Context,
): Reason[] {
  const subject = `actor ${id}`;
  const reasons: Reason[] = [];
  if (since !== undefined && milliseconds(since) > milliseconds(transactionTime)) {
    reasons.push({
      code: 'COMPROMISED_IN_FUTURE',
      subject,
      expected: `not after ${transactionTime}`,
      found: since,
    });
  }
  if (revocation && !saysMore(revocation.compromisedSince, since))
    reasons.push({ code: 'ALREADY_REVOKED', subject, found: revocation.at });
  return reasons;
}

function saysMore(known: string | undefined, said: string | undefined): boolean {
  if (said === undefined) return false;
  return known === undefined || milliseconds(said) < milliseconds(known);
}
