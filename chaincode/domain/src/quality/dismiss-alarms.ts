import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Alarm } from '../nouns/alarm.js';
import type { Lot } from '../nouns/lot.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Reason } from '../nouns/reason.js';
import type { Run } from '../nouns/run.js';
import { isOwnSignature, principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { onlyOwn, onlyQuality } from '../standing/refuse.js';
import { actorId, digest, organisationId } from '../values/identifiers.js';
import { isOnePlace, place, scopeOfPlace, sharedAt } from './place.js';

const dismissAlarmsBody = z
  .strictObject({
    /** where the alarms lie */
    ...place,
    /** whose they are: all of an organisation's, or one actor's */
    organisation: organisationId.optional(),
    actor: actorId.optional(),
    /** of these only the named ones; an alarm is named by the command that raised it */
    alarms: z.array(digest).min(1).max(64).optional(),
  })
  .refine(isOnePlace, { message: 'one of coi, lot and run' })
  .refine((body) => countOf(body.organisation, body.actor) === 1, {
    message: 'one of organisation and actor',
  });
type Body = z.infer<typeof dismissAlarmsBody>;

export const dismissAlarms = definePermission({
  type: 'quality:DismissAlarms',
  roles: ['quality', 'operator', 'lab'],
  signature: 'own',
  annexes: [],
  body: dismissAlarmsBody,
  scope: scopeOfPlace,
  reads: async (reader, { body }) => {
    const shared = await sharedAt(reader, body);
    return {
      therapy: body.coi === undefined ? undefined : await reader.therapy(body.coi),
      shared,
      owner: shared && (await reader.get('organisation', { id: shared.organisation })),
      alarms: await reader.range('alarm', { scope: scopeOfPlace(body) }),
    };
  },
  standing: (state, { body }, context) => onlyWhoDismisses(state, body, context),
  annulling: 'never',
  decide: decideDismissAlarms,
});

export interface DismissState {
  readonly therapy: Therapy | undefined;
  readonly shared: Lot | Run | undefined;
  /** whose the lot or the run is */
  readonly owner: Organisation | undefined;
  readonly alarms: readonly Alarm[];
}

/** Quality has looked into what an actor or an organisation said without standing, and lays all of it aside at once. */
export function decideDismissAlarms(
  state: Pick<DismissState, 'alarms'>,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const dismissed = state.alarms.filter((alarm) => isMeant(alarm, body));
  const reasons: Reason[] = dismissed
    .filter(({ raised }) => isOwnSignature(raised, context))
    .map(({ subject, raised }) => ({
      code: 'SAME_PERSON',
      subject: `alarm ${raised.command}`,
      expected: `another person than who said it of ${subject}`,
      found: context.principal,
    }));
  if (dismissed.length === 0) {
    reasons.push({
      code: 'NO_OPEN_ALARM',
      subject: body.organisation ?? `actor ${body.actor ?? ''}`,
    });
  }
  return permitUnless(reasons, () =>
    dismissed.map((alarm) => ({ ...alarm, dismissed: signedBy(command, context) })),
  );
}

/**
 * Who looks into alarms: in a therapy the quality that decides there, of a lot or a run its owner's. An owner may have no
 * quality, and then who could register it dismisses.
 */
export function onlyWhoDismisses(
  { therapy, shared, owner }: Omit<DismissState, 'alarms'>,
  place: Pick<Body, 'coi' | 'lot' | 'run'>,
  context: Context,
): readonly Reason[] {
  const { kind, id } = scopeOfPlace(place);
  const subject = `${kind} ${id}`;
  const outside = therapy
    ? onlyQuality(therapy, context)
    : onlyOwn(shared, { code: 'NOT_THE_OWNER', subject }, context);
  if (outside.length > 0) return outside;
  const { roles } = context.actor;
  const asked = therapy !== undefined || owner?.grantable.includes('quality') === true;
  if (!asked || roles.includes('quality')) return [];
  return [{ code: 'NOT_QUALITY', subject, expected: 'quality', found: roles.join() }];
}

function isMeant(alarm: Alarm, { organisation, actor, alarms }: Body): boolean {
  if (alarm.dismissed) return false;
  if (alarms && !alarms.includes(alarm.raised.command)) return false;
  if (organisation !== undefined) return alarm.organisation === organisation;
  return alarm.raised.actor === actor || principalOf(alarm.raised) === actor;
}

function countOf(...members: readonly (string | undefined)[]): number {
  return members.filter((member) => member !== undefined).length;
}
