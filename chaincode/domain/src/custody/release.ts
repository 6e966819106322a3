import { z } from 'zod';
import { ofRelease } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import {
  code,
  coi,
  itemId,
  localId,
  organisationId,
  sealNumber,
  sscc,
} from '../values/identifiers.js';
import { CUSTODIANS } from '../values/roles.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import type { HandOff } from '../nouns/hand-off.js';
import { holderOf, signItem } from './holder.js';
import type { Item } from '../nouns/item.js';
import { labelAgainst } from './label.js';
import { labelRead } from '../values/label.js';
import { admitItem, noteHolder, noteInCustody, reportedOf } from './resolve.js';
import type { NamedItem } from '../nouns/named-item.js';
import { condition, identityCheck } from '../values/words.js';
import { readHandOff } from './reported-item.js';
import { alarmUnless, claimOfHandOver, itemNamed } from '../standing/claim.js';
import { ofCustodian } from '../standing/custody.js';

const releaseItemBody = z.strictObject({
  coi,
  item: itemId,
  handOff: localId,
  to: organisationId,
  sscc: sscc.optional(),
  seals: z.array(sealNumber).max(8),
  condition,
  logger: code.optional(),
  labelRead,
  /** what the handler found when comparing label and chain of identity */
  identityCheck,
});

export const releaseItem = defineFact({
  type: 'custody:ReleaseItem',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: releaseItemBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    named: await reader.named(body.coi, body.item),
    handOff: await readHandOff(reader, body),
  }),
  standing: ({ therapy, named }, { body }, context) =>
    alarmUnless(ofCustodian(reportedOf(therapy, named), context), {
      subject: itemNamed(body.coi, named),
      claim: claimOfHandOver(body),
    }),
  annulling: ofRelease,
  decide: decideRelease,
});
type Body = z.infer<typeof releaseItemBody>;

export interface ReleaseState {
  readonly therapy: Therapy;
  readonly named: NamedItem;
  readonly handOff: HandOff | undefined;
}

/** The first half of a hand-off: the holder gave the item away. The holder stays so until somebody receives it. */
export function decideRelease(
  state: ReleaseState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const item = admitItem(recording, reportedOf(state.therapy, state.named), command, context);
  const held = noteHolder(recording, item, context);
  const here = noteInCustody(recording, item);
  noteWhatWasSeen(recording, item, state.therapy, body);
  if (state.handOff) {
    recording.deviate(
      { code: 'HAND_OFF_REUSED', classification: 'major', found: body.handOff },
      item,
    );
    return recording.done();
  }
  recording.put(handOffOf(command, context));
  const signed = signItem(item, signedBy(command, context));
  recording.put(
    held && here
      ? { ...signed, custody: 'in-transit', handOff: handedOver(body, context) }
      : signed,
  );
  return recording.done();
}

function handedOver({ handOff: id, to }: Body, { actor }: Context): NonNullable<Item['handOff']> {
  return { id, verdict: 'pending', from: actor.organisation, to };
}

function noteWhatWasSeen(recording: Recording, item: Item, therapy: Therapy, body: Body): void {
  const againstLabel = labelAgainst(body.labelRead, item.id);
  if (againstLabel) recording.deviate(againstLabel, item);
  if (body.identityCheck === 'mismatch' && againstLabel?.code !== 'LABEL_MISMATCH') {
    recording.deviate({ code: 'LABEL_MISMATCH', classification: 'critical' }, item);
  }
  if (body.condition !== 'intact') {
    recording.deviate({ code: 'NOT_INTACT', classification: 'major', found: body.condition }, item);
  }
  if (!therapy.parties.includes(body.to)) {
    recording.deviate(
      { code: 'RECEIVER_NOT_A_PARTY', classification: 'major', found: body.to },
      item,
    );
  }
}

function handOffOf(command: Command<Body>, context: Context): HandOff {
  const { body } = command;
  return {
    noun: 'hand-off',
    coi: body.coi,
    id: body.handOff,
    item: body.item,
    release: {
      command: command.id,
      by: holderOf(command, context),
      to: body.to,
      at: command.at,
      seals: body.seals,
      condition: body.condition,
      labelRead: body.labelRead,
      identityCheck: body.identityCheck,
      ...(body.sscc === undefined ? {} : { sscc: body.sscc }),
      ...(body.logger === undefined ? {} : { logger: body.logger }),
    },
    receipts: [],
  };
}
