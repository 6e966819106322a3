import { z } from 'zod';
import { ofConfirmation } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { coi, itemId } from '../values/identifiers.js';
import { signedBy } from '../nouns/signed.js';
import { isCollector } from './collector.js';
import { signItem } from './holder.js';
import { admitItem, type ReportedItem } from './resolve.js';
import { readReportedItem } from './reported-item.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';

const confirmCollectionBody = z.strictObject({ coi, item: itemId });

export const confirmCollection = defineFact({
  type: 'custody:ConfirmCollection',
  roles: ['collector', 'nurse', 'clinician'],
  signature: 'delegable',
  annexes: [],
  body: confirmCollectionBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    ...(await readReportedItem(reader, body)),
    therapy: await reader.therapy(body.coi),
  }),
  standing: ({ therapy, named }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), { subject: itemNamed(body.coi, named), claim: 'other' }),
  annulling: ofConfirmation,
  decide: decideConfirmCollection,
});

/**
 * The second person who checked the patient's identity and the label when the sample was taken. Another patient's
 * sample is not confirmed by it.
 */
export function decideConfirmCollection(
  state: { readonly named: ReportedItem },
  command: Command<z.infer<typeof confirmCollectionBody>>,
  context: Context,
): FactDecision {
  const { named } = state;
  if (named.known === 'own' && named.item.collected?.confirmedBy === context.principal) {
    return saidAgain();
  }
  const recording = new Recording(command, context);
  const item = admitItem(recording, state.named, command, context);
  if (item.coi !== command.body.coi) return recording.done();
  if (!item.collected) {
    recording.deviate({ code: 'NOT_COLLECTED', classification: 'major', found: item.kind }, item);
  } else if (isCollector(item, context)) {
    recording.deviate(
      { code: 'SAME_PERSON', classification: 'major', found: context.principal },
      item,
    );
  } else {
    const signed = signItem(item, signedBy(command, context));
    recording.put({
      ...signed,
      collected: { ...item.collected, confirmedBy: context.principal },
    });
  }
  return recording.done();
}
