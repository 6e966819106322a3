import { z } from 'zod';
import { ofReceipt } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { coi, itemId, localId, sealNumber } from '../values/identifiers.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import { CUSTODIANS } from '../values/roles.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import type { HandOff, Receipt } from '../nouns/hand-off.js';
import { holderOf, signItem } from './holder.js';
import { condition, HAND_OFF_VERDICTS, type HandOffVerdict } from '../values/words.js';
import { isTangible } from './item.js';
import type { Item } from '../nouns/item.js';
import { labelAgainst } from './label.js';
import { labelRead } from '../values/label.js';
import { admitItem, type ReportedItem } from './resolve.js';
import { readHandOff, readReportedItem } from './reported-item.js';
import { alarmUnless, claimOfHandOver, itemNamed } from '../standing/claim.js';
import { ofFinder, ofReceiver } from '../standing/custody.js';

const receiveItemBody = z.strictObject({
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
    return { named, handOff, therapy: expected ? undefined : await reader.therapy(body.coi) };
  },
  standing: ({ named, handOff, therapy }, { body }, context) => {
    const standing = ofReceiver(named, handOff, context) || ofFinder(named, therapy, context);
    const claim = claimOfHandOver(body);
    return alarmUnless(standing, { subject: itemNamed(body.coi, named), claim });
  },
  annulling: ofReceipt,
  decide: decideReceive,
});
type Body = z.infer<typeof receiveItemBody>;

export interface ReceiveState {
  readonly named: ReportedItem;
  readonly handOff: HandOff | undefined;
}

/**
 * The second half of a hand-off. Whoever receives an item physically is its holder from then on, whether it
 * was meant for them or not; a receipt that contradicts an earlier one is kept beside it and quarantines.
 */
export function decideReceive(
  state: ReceiveState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const item = admitItem(recording, state.named, command, context);
  const receipt = receiptOf(command, context);
  const handOff: HandOff = state.handOff ?? {
    noun: 'hand-off',
    coi: body.coi,
    id: body.handOff,
    item: body.item,
    receipts: [],
  };
  recording.put({ ...handOff, receipts: [...handOff.receipts, receipt] });
  recording.put(signItem(afterReceipt(item, receipt, body), signedBy(command, context)));
  noteHandOff(recording, item, handOff, receipt);
  const released = handOff.item === item.id ? handOff.release : undefined;
  const againstLabel = labelAgainst(body.labelRead, item.id, released?.labelRead ?? item.id);
  if (againstLabel) recording.deviate(againstLabel, item);
  noteVerdict(recording, item, body);
  return recording.done();
}

function afterReceipt(item: Item, receipt: Receipt, body: Body): Item {
  const before = item.handOff?.id === body.handOff ? item.handOff : {};
  const handOff = { ...before, id: body.handOff, verdict: receipt.verdict };
  if (!isTangible(item)) return { ...item, handOff };
  const received = receipt.verdict !== 'rejected';
  return { ...item, handOff, custody: 'in-custody', holder: received ? receipt.by : item.holder };
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
  if (handOff.receipts.length > 0 || !isTangible(item)) {
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
  if (principalOf(release.by) === principalOf(receipt.by)) {
    recording.deviate(
      { code: 'SAME_PERSON', classification: 'major', found: principalOf(receipt.by) },
      item,
    );
  }
  if (JSON.stringify(release.seals) !== JSON.stringify(receipt.seals)) {
    recording.deviate(
      {
        code: 'SEAL_MISMATCH',
        classification: 'major',
        expected: release.seals.join(),
        found: receipt.seals.join(),
      },
      item,
    );
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
  };
}
