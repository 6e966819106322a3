import { z } from 'zod';
import { missingOf, namesOfSigners, signersOf, type Stated } from '../annulling/signers.js';
import { Things } from '../annulling/things.js';
import type { Undone } from '../annulling/annulling.js';
import type { Command } from '../commands/command.js';
import {
  type Context,
  permitUnless,
  type PermissionDecision,
  Recording,
} from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { SLIP_HOURS } from '../nouns/process-definition.js';
import type { Annulment } from '../nouns/annulment.js';
import type { BlockableEntity, Entity } from '../nouns/registry.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, principalOf, type Signed, signedBy } from '../nouns/signed.js';
import { onlyOwn, onlyParties } from '../standing/refuse.js';
import { digest } from '../values/identifiers.js';
import { STAFF_ROLES } from '../values/roles.js';
import { reasonOfError } from '../values/words.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { isOnePlace, place, scopeOfPlace, sharedAt } from './place.js';
import { readThings } from './read-things.js';

const annulRecordBody = z
  .strictObject({
    /** where the record lies */
    ...place,
    /** the command whose record was entered in error */
    command: digest,
    reason: reasonOfError,
  })
  .refine(isOnePlace, { message: 'one of coi, lot and run' });
type Body = z.infer<typeof annulRecordBody>;

export const annulRecord = definePermission({
  type: 'quality:AnnulRecord',
  roles: STAFF_ROLES,
  signature: 'own',
  annexes: [],
  body: annulRecordBody,
  scope: scopeOfPlace,
  reads: async (reader, { body }) => {
    const scope = scopeOfPlace(body);
    const therapy = body.coi === undefined ? undefined : await reader.therapy(body.coi);
    const process = therapy && (await reader.processOf(therapy));
    const shared = await sharedAt(reader, body);
    const record = await reader.record(body.command);
    const decider = therapy?.quality ?? shared?.organisation ?? record?.organisation ?? '';
    const signer = record && (await reader.get('actor', { id: principalOf(record) }));
    return {
      therapy,
      shared,
      record,
      decider,
      deciding: await reader.get('organisation', { id: decider }),
      origin: record && (await reader.get('organisation', { id: record.organisation })),
      gone: signer?.revocation !== undefined,
      slipHours: process?.definition.slipHours ?? SLIP_HOURS,
      earlier: await reader.get('annulment', { scope, command: body.command }),
      things: new Things(await readThings(reader, scope, therapy, shared)),
    };
  },
  standing: ({ therapy, shared, record }, { body }, context) => {
    if (record?.organisation === context.actor.organisation) return [];
    if (therapy) return onlyParties(therapy, context);
    const { kind, id } = scopeOfPlace(body);
    return onlyOwn(shared, { code: 'NOT_THE_OWNER', subject: `${kind} ${id}` }, context);
  },
  annulling: 'never',
  decide: decideAnnulRecord,
});

export interface AnnulState extends Omit<
  Stated,
  'record' | 'reason' | 'builtOn' | 'roles' | 'transactionTime'
> {
  readonly record: CommandRecord | undefined;
  readonly earlier: Annulment | undefined;
  readonly things: Things;
}

/**
 * Somebody signs that a record was entered in error (G3). Once everybody has signed whom that takes, what the record wrote
 * stands as annulled, and whatever may be used again waits for quality's look; before, everything stays as it was. The
 * record itself is never changed.
 */
export function decideAnnulRecord(
  state: AnnulState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { record, earlier } = state;
  const subject = `command ${body.command}`;
  const { scope, transactionTime } = context;
  if (record?.scope.kind !== scope.kind || record.scope.id !== scope.id)
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_COMMAND', subject }] };
  const type = context.typeNamed(record.type);
  if (!type || type.annulling === 'never')
    return {
      decision: 'refused',
      reasons: [{ code: 'NEVER_ANNULLED', subject, found: record.type }],
    };
  const { signedBy: signers, undo, builtOn } = type.annulling;
  const asked = signersOf(signers, {
    ...state,
    ...{ record, transactionTime, roles: type.roles, reason: body.reason },
    builtOn: builtOn?.(record, state.things) ?? false,
  });
  const signatures = earlier?.signatures ?? [];
  const before = missingOf(asked, signatures);
  const missing = missingOf(asked, [...signatures, signatureOf(command, context)]);
  const by = signedBy(command, context);
  const reasons = [
    ...reasonsAgainst(record, earlier, body, context),
    ...(missing.length < before.length
      ? []
      : [{ code: 'NOT_ASKED_TO_SIGN' as const, subject, expected: namesOfSigners(before) }]),
  ];
  return permitUnless(reasons, () => {
    const annulment: Annulment = {
      noun: 'annulment',
      scope,
      command: body.command,
      type: record.type,
      reason: body.reason,
      signatures: [...signatures, signatureOf(command, context)],
      missing,
      ...(missing.length === 0 ? { annulled: by } : {}),
    };
    if (missing.length > 0) return [annulment];
    return [annulment, ...afterwards(undo(record, state.things, by), state, command, context)];
  });
}

function reasonsAgainst(
  { decision, effect }: CommandRecord,
  earlier: Annulment | undefined,
  body: Body,
  context: Context,
): readonly Reason[] {
  const { principal } = context;
  const subject = `command ${body.command}`;
  const reasons: Reason[] = [];
  if (decision === 'refused' || effect === 'none')
    reasons.push({ code: 'NOTHING_TO_ANNUL', subject, found: effect ?? decision });
  if (earlier?.annulled) reasons.push({ code: 'ALREADY_ANNULLED', subject });
  if (earlier?.signatures.some((each) => isOwnSignature(each, context)))
    reasons.push({ code: 'SAME_PERSON', subject, expected: 'another person', found: principal });
  if (earlier && earlier.reason !== body.reason) {
    const { reason } = earlier;
    reasons.push({ code: 'OTHER_REASON', subject, expected: reason, found: body.reason });
  }
  return reasons;
}

/** What stands after it: a deviation on each thing that waits for a look, and the record's own deviations as mistaken. */
function afterwards(
  { changes = [], look = [] }: Undone,
  { things, record }: AnnulState,
  command: Command<Body>,
  context: Context,
): readonly Entity[] {
  const by = signedBy(command, context);
  const recording = new Recording(command, context).put(...changes, ...look);
  const nameless = look.filter(isUnidentified);
  const others = look.filter((each) => !isUnidentified(each));
  const found = command.body.reason;
  if (nameless.length > 0)
    recording.deviate({ code: 'UNIDENTIFIED_ITEM', classification: 'major', found }, ...nameless);
  if (others.length > 0)
    recording.deviate({ code: 'ENTERED_IN_ERROR', classification: 'major', found }, ...others);
  return [...recording.put(...mistakenOf(record, things, by)).done().changes];
}

function isUnidentified(thing: BlockableEntity): boolean {
  return thing.noun === 'item' && thing.kind === 'unidentified';
}

function mistakenOf(record: CommandRecord | undefined, things: Things, annulled: Signed) {
  return things
    .of('deviation')
    .filter(({ opened }) => opened.command === record?.commandId)
    .map((each) => ({ ...each, annulled }));
}
