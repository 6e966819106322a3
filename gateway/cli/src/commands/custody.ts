import {
  code,
  coi,
  condition,
  HAND_OFF_VERDICTS,
  identityCheck,
  inHandsOf,
  LABEL_FINDINGS,
  localId,
  organisationId,
  sealNumber,
  sscc,
} from '@veinledger/domain';
import { z } from 'zod';
import { CliError } from '../complaint.js';
import { defineCommand } from '../command.js';
import { committed } from '../receipt-lines.js';
import { scannedItem, scannedLabel } from '../scanned.js';
import type { Session } from '../session.js';
import { freshId, wordOf } from '../words.js';

const ITEM = [
  { name: 'coi', summary: 'the chain-of-identity id' },
  {
    name: 'item',
    summary: 'what stands on its label, scanned or typed: GS1 or ISBT 128 in any notation',
  },
] as const;
const LABEL = {
  name: 'label',
  value: 'READ',
  summary: `what was read from the label in any notation, or ${LABEL_FINDINGS.join(', ')} (default: ITEM)`,
};
const SEAL = {
  name: 'seal',
  value: 'NUMBER',
  summary: 'a seal; may be repeated',
  many: true,
} as const;
const CONDITION = {
  name: 'condition',
  value: 'CONDITION',
  summary: 'how the item is (default: intact)',
  values: condition.options,
};

export const collect = defineCommand({
  arguments: ITEM,
  options: [
    { name: 'kind', value: 'CODE', summary: 'the kind of sample, as the process names it' },
    { name: 'occasion', value: 'ID', summary: "the patient's visit" },
    { name: 'confirms', value: 'ITEM', summary: 'an earlier sample that this one is to confirm' },
  ],
  input: z.strictObject({
    coi,
    item: scannedItem,
    kind: code,
    occasion: localId,
    confirms: scannedItem.optional(),
  }),
  run: async (session, body) =>
    committed(await session.say(session.actor(), { type: 'custody:CollectItem', body })),
});

export const release = defineCommand({
  arguments: ITEM,
  options: [
    { name: 'to', value: 'MSP', summary: 'the organisation that is to receive it' },
    { name: 'hand-off', value: 'ID', summary: "the hand-off's id (default: a fresh one)" },
    LABEL,
    {
      name: 'identity-check',
      value: 'RESULT',
      summary: 'what comparing label and chain of identity gave (default: match)',
      values: identityCheck.options,
    },
    CONDITION,
    SEAL,
    { name: 'sscc', value: 'SSCC', summary: "the shipping container's code" },
    { name: 'logger', value: 'CODE', summary: 'the temperature logger that travels along' },
    { name: 'returned', summary: 'a product is sent back, and is given to nobody any more' },
  ],
  input: z.strictObject({
    coi,
    item: scannedItem,
    to: organisationId,
    returned: z.literal(true).optional(),
    handOff: localId.optional(),
    label: scannedLabel.optional(),
    identityCheck: wordOf(identityCheck.options).default('match'),
    condition: wordOf(condition.options).default('intact'),
    seal: z.array(sealNumber).default([]),
    sscc: sscc.optional(),
    logger: code.optional(),
  }),
  run: async (session, { label, seal, handOff = freshId('hand-off'), ...rest }) => {
    const body = { ...rest, handOff, seals: seal, labelRead: label ?? rest.item };
    const { data, lines } = committed(
      await session.say(session.actor(), { type: 'custody:ReleaseItem', body }),
    );
    return { data, lines: [`hand-off ${handOff}`, ...lines] };
  },
});

export const receive = defineCommand({
  arguments: ITEM,
  options: [
    {
      name: 'hand-off',
      value: 'ID',
      summary: "the hand-off's id (default: the one that the item is in)",
    },
    LABEL,
    {
      name: 'verdict',
      value: 'VERDICT',
      summary: 'what becomes of the delivery (default: accepted)',
      values: HAND_OFF_VERDICTS,
    },
    { name: 'reason', value: 'CODE', summary: 'why it is not accepted' },
    {
      name: 'held-by',
      value: 'WHO',
      summary: 'in whose hands a rejected delivery stayed',
      values: inHandsOf.options,
    },
    { name: 'returned', summary: 'a product came back, and is given to nobody any more' },
    CONDITION,
    SEAL,
  ],
  input: z.strictObject({
    coi,
    item: scannedItem,
    handOff: localId.optional(),
    label: scannedLabel.optional(),
    verdict: wordOf(HAND_OFF_VERDICTS).default('accepted'),
    heldBy: wordOf(inHandsOf.options).optional(),
    reason: code.optional(),
    returned: z.literal(true).optional(),
    condition: wordOf(condition.options).default('intact'),
    seal: z.array(sealNumber).default([]),
  }),
  run: async (session, { label, seal, handOff, ...rest }) => {
    const actor = session.actor();
    const body = {
      ...rest,
      handOff: handOff ?? (await pendingHandOff(session, actor, rest.coi, rest.item)),
      seals: seal,
      labelRead: label ?? rest.item,
    };
    return committed(await session.say(actor, { type: 'custody:ReceiveItem', body }));
  },
});

const inHandOff = z.looseObject({
  handOff: z.looseObject({ id: localId, verdict: z.string() }).optional(),
});

async function pendingHandOff(
  session: Session,
  actor: string,
  chain: string,
  item: string,
): Promise<string> {
  const path = `/v1/therapies/${chain}/items/${encodeURIComponent(item)}`;
  const { handOff } = inHandOff.parse(await session.read(actor, path));
  if (handOff?.verdict === 'pending') return handOff.id;
  throw new CliError('NO_HAND_OFF', 'the item is in no hand-off; name one by --hand-off', {
    field: 'ITEM',
    expected: 'an item that somebody released',
    found: item,
  });
}
