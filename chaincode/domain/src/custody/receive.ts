import { z } from 'zod';
import { ofReceipt } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { coi, itemId, localId, sealNumber } from '../values/identifiers.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import { CUSTODIANS } from '../values/roles.js';
import { effectiveOf, isSamePerson, principalOf, signedBy } from '../nouns/signed.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { HandOff, Receipt } from '../nouns/hand-off.js';
import { holderOf, signItem } from './holder.js';
import { condition, HAND_OFF_VERDICTS, type HandOffVerdict, inHandsOf } from '../values/words.js';
import { heldAgain, isSomewhere, noteFound } from './found.js';
import type { Item } from '../nouns/item.js';
import { labelAgainst } from './label.js';
import { labelRead } from '../values/label.js';
import { admitItem, type ReportedItem } from './resolve.js';
import { readHandOff, readReportedItem } from './reported-item.js';
import { noteReturn } from './returned.js';
import { isSaidAgain, sealsOf } from './said.js';
import { isBefore } from '../values/time.js';
import { alarmUnless, claimOfHandOver, itemNamed } from '../standing/claim.js';
import { ofFinder, ofReceiver } from '../standing/custody.js';

const receiveItemBody = z
  .strictObject({
    coi,
    item: itemId,
    handOff: localId,
    verdict: z.enum(HAND_OFF_VERDICTS),
    reason: z
      .enum([
        'damaged',
        'temperature',
        'seal-broken',
        'label',
        'wrong-address',
        'unexpected',
        'expired',
      ])
      .optional(),
    condition,
    seals: z.array(sealNumber).max(8),
    labelRead,
    /** of a rejected delivery: in whose hands it stayed */
    heldBy: inHandsOf.optional(),
    /** whether a product came back from where it was to be given; it is never given to anybody then */
    returned: z.boolean().optional(),
  })
  .refine(({ verdict, heldBy }) => (verdict === 'rejected') === (heldBy !== undefined), {
    path: ['heldBy'],
    message: `of a rejected delivery, and of no other: one of ${inHandsOf.options.join(', ')}`,
  });

export const receiveItem = defineFact({
  type: 'custody:ReceiveItem',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: receiveItemBody,
  scope: therapyScope,
  reads: async (reader, { body }, context) => {
    const { named } = await readReportedItem(reader, body);
    const handOff = await readHandOff(reader, body);
    const expected = ofReceiver(named, handOff, context);
    const therapy = expected && !body.returned ? undefined : await reader.therapy(body.coi);
    const process = therapy && body.returned ? await reader.processOf(therapy) : undefined;
    return { named, handOff, therapy, returnedIn: process?.definition };
  },
  standing: ({ named, handOff, therapy }, command, context) => {
    const standing =
      ofReceiver(named, handOff, context) ||
      ofFinder(named, therapy, context) ||
      isToldAlready({ named, handOff }, receiptOf(command, context), context);
    const { body } = command;
    const claim = claimOfHandOver(named, body);
    return alarmUnless(standing, { subject: itemNamed(body.coi, named), claim });
  },
  annulling: ofReceipt,
  decide: decideReceive,
});
type Body = z.infer<typeof receiveItemBody>;

export interface ReceiveState {
  readonly named: ReportedItem;
  readonly handOff: HandOff | undefined;
  /** the therapy's process, where a product came back */
  readonly returnedIn: ProcessDefinition | undefined;
}

/**
 * The second half of a hand-off. Whom it was addressed to is its holder from then on, and keeps it as rejected or as
 * misdelivered until it is sent back or on, or quality permits its use; whoever else has it in hand is its finder, who may
 * hand it on or back. A receipt that contradicts an earlier one is kept beside it and quarantines. That a product came back
 * it says by itself, whatever who gave it away said.
 */
export function decideReceive(
  state: ReceiveState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const receipt = receiptOf(command, context);
  if (isToldAlready(state, receipt, context)) return saidAgain();
  const recording = new Recording(command, context);
  const item = admitItem(recording, state.named, command, context);
  const handOff: HandOff = state.handOff ?? {
    noun: 'hand-off',
    coi: body.coi,
    id: body.handOff,
    item: item.id,
    receipts: [],
  };
  recording.put({ ...handOff, receipts: [...handOff.receipts, receipt] });
  const signed = signedBy(command, context);
  recording.put(signItem(afterReceipt(item, handOff, receipt, effectiveOf(signed)), signed));
  noteHandOff(recording, item, handOff, receipt);
  if (item.custody === 'lost') noteFound(recording, item);
  const released = handOff.item === item.id ? handOff.release : undefined;
  const againstLabel = labelAgainst(body.labelRead, item, released?.labelRead);
  if (againstLabel) recording.deviate(againstLabel, item);
  noteVerdict(recording, item, body);
  if (state.returnedIn) noteReturn(recording, item, state.returnedIn, context.actor.organisation);
  return recording.done();
}

/** Whether the same person told in the same words before that this very thing came by this hand-off. */
function isToldAlready(
  { named, handOff }: Pick<ReceiveState, 'named' | 'handOff'>,
  receipt: Receipt,
  context: Context,
) {
  const id = named.known === 'never' ? named.id : named.item.id;
  if (handOff?.item !== id) return false;
  return handOff.receipts.some((before) => isSameReceipt(before, receipt, context));
}

function isSameReceipt(before: Receipt, receipt: Receipt, context: Context): boolean {
  const wordsOf = ({
    verdict,
    reason,
    heldBy,
    condition,
    labelRead,
    returned,
    seals,
  }: Receipt) => ({
    ...{ verdict, reason, heldBy, condition, labelRead, returned },
    seals: sealsOf(seals),
  });
  return isSaidAgain({ by: before.by, words: wordsOf(before) }, wordsOf(receipt), context);
}

function afterReceipt(item: Item, handOff: HandOff, receipt: Receipt, since: string): Item {
  const { by, heldBy } = receipt;
  if (!isSomewhere(item)) return item;
  const own = item.holder.organisation === by.organisation;
  const expected = own || isAddressee(item, handOff, by);
  if (heldBy === 'releaser') {
    if (!expected) return item;
    const left = item.foundBy ? item.custody : 'in-custody';
    return { ...item, custody: left, handOff: concluded(item, handOff, receipt) };
  }
  if (!expected) {
    return { ...item, foundBy: by, custody: item.custody === 'lost' ? 'in-transit' : item.custody };
  }
  return { ...heldAgain(item, by, since), handOff: concluded(item, handOff, receipt) };
}

/** Whether the hand-off that the item is in was addressed to the receiver, under whatever therapy it was told (B1). */
function isAddressee(item: Item, handOff: HandOff, { organisation }: Receipt['by']): boolean {
  if (item.custody === 'in-transit' && item.handOff?.id === handOff.id) {
    if (item.handOff.verdict === 'pending' && item.handOff.to === organisation) return true;
  }
  if (handOff.item !== item.id || handOff.release?.to !== organisation) return false;
  return item.handOff?.id === handOff.id || item.handOff?.to === organisation;
}

function concluded(
  item: Item,
  { id }: HandOff,
  { verdict }: Receipt,
): NonNullable<Item['handOff']> {
  return { ...(item.handOff?.id === id ? item.handOff : {}), id, verdict };
}

function noteHandOff(recording: Recording, item: Item, handOff: HandOff, receipt: Receipt): void {
  const { release } = handOff;
  if (!release || handOff.item !== item.id) {
    recording.deviate(
      { code: 'UNKNOWN_HAND_OFF', classification: 'major', found: handOff.id },
      item,
    );
    return;
  }
  const settled = handOff.receipts.filter(({ by }) => by.organisation === release.to);
  if (settled.length > 0 || !isSomewhere(item)) {
    recording.deviate(
      {
        code: 'CONTRADICTING_RECEIPT',
        classification: 'major',
        expected: 'one receipt',
        found: `${handOff.receipts.length + 1} receipts, item ${item.custody}`,
      },
      item,
    );
  }
  if (release.to !== receipt.by.organisation) {
    recording.deviate(
      {
        code: 'WRONG_RECEIVER',
        classification: 'critical',
        expected: release.to,
        found: receipt.by.organisation,
      },
      item,
    );
  }
  if (isSamePerson(release.by, receipt.by)) {
    recording.deviate(
      { code: 'SAME_PERSON', classification: 'major', found: principalOf(receipt.by) },
      item,
    );
  }
  if (isBefore(receipt.at, release.at)) {
    recording.deviate(
      {
        code: 'RECEIPT_BEFORE_RELEASE',
        classification: 'major',
        expected: `at or after ${release.at}`,
        found: receipt.at,
      },
      item,
    );
  }
  const [expected, found] = [sealsOf(release.seals).join(), sealsOf(receipt.seals).join()];
  if (expected !== found) {
    recording.deviate({ code: 'SEAL_MISMATCH', classification: 'major', expected, found }, item);
  }
}

const VERDICT_DEVIATIONS: Readonly<Record<HandOffVerdict, DeviationCode | undefined>> = {
  accepted: undefined,
  rejected: 'DELIVERY_REJECTED',
  misdelivered: 'MISDELIVERED',
};

function noteVerdict(recording: Recording, item: Item, body: Body): void {
  const verdictCode = VERDICT_DEVIATIONS[body.verdict];
  if (verdictCode !== undefined) {
    recording.deviate(
      {
        code: verdictCode,
        classification: 'major',
        expected: 'accepted',
        found: body.reason ?? body.verdict,
      },
      item,
    );
  }
  if (body.condition !== 'intact') {
    recording.deviate({ code: 'NOT_INTACT', classification: 'major', found: body.condition }, item);
  }
}

function receiptOf(command: Command<Body>, context: Context): Receipt {
  const { body } = command;
  return {
    command: command.id,
    by: holderOf(command, context),
    verdict: body.verdict,
    at: command.at,
    seals: body.seals,
    condition: body.condition,
    labelRead: body.labelRead,
    ...(body.reason === undefined ? {} : { reason: body.reason }),
    ...(body.heldBy === undefined ? {} : { heldBy: body.heldBy }),
    ...(body.returned === undefined ? {} : { returned: body.returned }),
  };
}
