import { z } from 'zod';
import { ofRelabelling } from '../annulling/relabelling.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { Relabelling } from '../nouns/relabelling.js';
import { signedBy } from '../nouns/signed.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofCustodian } from '../standing/custody.js';
import { coi, itemId } from '../values/identifiers.js';
import { labelRead } from '../values/label.js';
import { CUSTODIANS } from '../values/roles.js';
import { formerLabel, reasonOfRelabelling } from '../values/words.js';
import { signItem } from './holder.js';
import { noteMetElsewhere } from './identify.js';
import { labelAgainst } from './label.js';
import { isFreeLabel, isOf, isToldBy, noteOtherWords, noteTaken, wordsOf } from './relabelled.js';
import { admitItem, noteHolder, noteInCustody, type ReportedItem, reportedOf } from './resolve.js';

const relabelItemBody = z
  .strictObject({
    coi,
    item: itemId,
    /** what stood on the label that it bore */
    labelRead,
    /** the number on the new one */
    label: itemId,
    reason: reasonOfRelabelling,
    /** what became of the label that it bore */
    formerLabel,
  })
  .refine(({ labelRead: read, formerLabel: of }) => read !== 'absent' || of === 'missing', {
    path: ['formerLabel'],
    message: 'of a label that was absent: missing',
  });
type Body = z.infer<typeof relabelItemBody>;

export const relabelItem = defineFact({
  type: 'custody:RelabelItem',
  roles: CUSTODIANS,
  signature: 'own',
  annexes: [],
  body: relabelItemBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const named = reportedOf(therapy, await reader.named(body.coi, body.item));
    return { named, label: await reader.given(body.coi, body.label) };
  },
  standing: ({ named }, { body }, context) =>
    alarmUnless(ofCustodian(named, context), {
      subject: itemNamed(body.coi, named),
      claim: 'tampering',
    }),
  annulling: ofRelabelling,
  decide: decideRelabel,
});

export interface RelabelState {
  readonly named: ReportedItem;
  /** what the ledger knows of the new label's number */
  readonly label: NamedItem;
}

/**
 * A thing was given a label in the place of the one that it bore, and stays what it is. Who applied it says so, and a second
 * person of the organisation that holds it, who read both, in the same words; until then it does not go on (A4). From the first
 * word on the new number alone is on its label (21 CFR 211.125, 211.130).
 */
export function decideRelabel(
  { named, label }: RelabelState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const before = named.known === 'own' ? namingIn(named.item, body.label) : undefined;
  if (before && isToldBy(before, body, context)) return saidAgain();
  const recording = new Recording(command, context);
  const item = admitItem(recording, named, command, context);
  if (item.coi !== body.coi) return recording.done();
  noteHolder(recording, item, context);
  noteInCustody(recording, item);
  if (before) {
    if (noteOtherWords(recording, item, before, body, context)) return recording.done();
    return recording.put(...verifiedBy(item, before, command, context)).done();
  }
  const against = labelAgainst(body.labelRead, item);
  if (against) recording.deviate(against, item);
  if (body.formerLabel === 'missing') {
    const finding = { code: 'LABEL_UNACCOUNTED', classification: 'major' } as const;
    recording.deviate({ ...finding, expected: 'the former label', found: body.labelRead }, item);
  }
  if (!isFreeLabel(label) || label.id === item.id) {
    noteTaken(recording, item, label);
    return recording.put(signItem(item, signedBy(command, context))).done();
  }
  const relabelled = withLabel(item, command, context);
  if (!isOf(item, label)) {
    recording.put({ noun: 'item-index', coi: item.coi, id: label.id, item: item.id });
  }
  recording.put(relabelled);
  noteMetElsewhere(recording, label, relabelled);
  return recording.done();
}

/** The relabelling that stands by which a thing has a number. */
function namingIn({ relabellings = [] }: Item, number: string): Relabelling | undefined {
  return relabellings.find(({ label, annulled }) => label === number && !annulled);
}

function withLabel(item: Item, command: Command<Body>, context: Context): Item {
  const told = { ...wordsOf(command.body), signatures: [signatureOf(command, context)] };
  const relabellings = [...(item.relabellings ?? []), told];
  return signItem({ ...item, relabellings }, signedBy(command, context));
}

function verifiedBy(
  item: Item,
  before: Relabelling,
  command: Command<Body>,
  context: Context,
): readonly Item[] {
  const signed = signedBy(command, context);
  const signatures = [...before.signatures, signatureOf(command, context)];
  const verified = { ...before, signatures, verified: before.verified ?? signed };
  const relabellings = item.relabellings?.map((each) => (each === before ? verified : each)) ?? [];
  return [signItem({ ...item, relabellings }, signed)];
}
