import { ofLoss } from '../annulling/custody.js';
import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { besides } from '../nouns/said-too.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofGiver } from '../standing/custody.js';
import { coi, itemId } from '../values/identifiers.js';
import { CUSTODIANS } from '../values/roles.js';
import type { Item } from '../nouns/item.js';
import { withoutFinder } from './found.js';
import { signItem } from './holder.js';
import { isTangible } from './item.js';
import { readReportedItem } from './reported-item.js';
import { admitItem, noteInCustody, type ReportedItem } from './resolve.js';

const reportLossBody = z.strictObject({ coi, item: itemId });

export const reportLoss = defineFact({
  type: 'custody:ReportLoss',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: reportLossBody,
  scope: therapyScope,
  reads: (reader, { body }) => readReportedItem(reader, body),
  standing: ({ named }, { body }, context) =>
    alarmUnless(ofGiver(named, context), { subject: itemNamed(body.coi, named), claim: 'loss' }),
  annulling: ofLoss,
  decide: decideReportLoss,
});

/**
 * Nobody knows where a thing is. It is not gone for ever: who finds it says so, and quality looks at it before its use. What
 * was made of it before was made of what was there, and goes on (D1).
 */
export function decideReportLoss(
  state: { readonly named: ReportedItem },
  command: Command<z.infer<typeof reportLossBody>>,
  context: Context,
): FactDecision {
  const { named } = state;
  const signed = signedBy(command, context);
  const recording = new Recording(command, context);
  if (named.known === 'own' && named.item.custody === 'lost') {
    const lost = besides(named.item.lost, signed);
    return recording
      .about(named.item)
      .put(signItem({ ...named.item, lost }, signed))
      .done();
  }
  const item = admitItem(recording, named, command, context);
  if (!isTangible(item)) {
    recording.put(signItem(item, signed));
    noteInCustody(recording, item);
    return recording.done();
  }
  const gone: Item = { ...withoutFinder(item), custody: 'lost', lost: signed };
  recording.put(signItem(gone, signed));
  const lost = { code: 'ITEM_LOST', classification: 'major', found: item.custody } as const;
  return recording.deviate({ ...lost, since: recording.since }, item).done();
}
