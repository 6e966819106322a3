import { z } from 'zod';
import { ofDisposal } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { noteConsent } from '../consent/fact.js';
import { coi, itemId } from '../values/identifiers.js';
import { CUSTODIANS } from '../values/roles.js';
import { signedBy } from '../nouns/signed.js';
import type { Item } from '../nouns/item.js';
import type { Therapy } from '../nouns/therapy.js';
import { disposalMethod } from '../values/words.js';
import { type DecidedDisposal, readDecided } from './decided-disposal.js';
import { isAsDecided, noteDecision } from './disposal.js';
import { signItem } from './holder.js';
import { isTangible } from './item.js';
import { admitItem, type ReportedItem, noteHolder, noteInCustody } from './resolve.js';
import { readReportedItem } from './reported-item.js';
import { isSaidAgain } from './said.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofCustodian } from '../standing/custody.js';

const disposeItemBody = z.strictObject({
  coi,
  item: itemId,
  method: disposalMethod,
  /** of what is disposed of since its therapy was halted, `halted`: why it was, no ledger tells */
  reason: z.enum(['rejected', 'expired', 'withdrawn', 'halted', 'remainder', 'recalled']),
});

export const disposeItem = defineFact({
  type: 'custody:DisposeItem',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: disposeItemBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const reported = await readReportedItem(reader, body);
    const therapy = await reader.therapy(body.coi);
    return { ...reported, therapy, decided: await readDecided(reader, therapy, reported.named) };
  },
  standing: ({ named }, { body }, context) =>
    alarmUnless(ofCustodian(named, context), {
      subject: itemNamed(body.coi, named),
      claim: 'loss',
    }),
  annulling: ofDisposal,
  decide: decideDispose,
});

/** An item is no more, or left the therapy for good. */
export function decideDispose(
  state: {
    readonly named: ReportedItem;
    readonly therapy: Therapy;
    readonly decided: DecidedDisposal | undefined;
  },
  command: Command<z.infer<typeof disposeItemBody>>,
  context: Context,
): FactDecision {
  const { method, reason } = command.body;
  const before = state.named.known === 'own' ? state.named.item.disposed : undefined;
  const words = before && { method: before.method, reason: before.reason };
  if (words && isSaidAgain({ by: before, words }, { method, reason }, context)) return saidAgain();
  const recording = new Recording(command, context);
  const item = admitItem(recording, state.named, command, context);
  noteHolder(recording, item, context);
  noteInCustody(recording, item);
  const { decided } = state;
  noteDecision(recording, state.therapy, item, method, decided?.definition);
  if (decided && isAsDecided(item, method)) {
    noteConsent(recording, decided.use, command, context, [item], true);
  }
  const signed = signedBy(command, context);
  const disposed: Item = { ...item, custody: 'disposed', disposed: { ...signed, method, reason } };
  recording.put(signItem(isTangible(item) ? disposed : item, signed));
  return recording.done();
}
