import { z } from 'zod';
import { ofWitness } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { isOwnSignature, principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { coi, itemId } from '../values/identifiers.js';
import { CUSTODIANS } from '../values/roles.js';
import { evidenceOfDisposal } from '../values/words.js';
import { readReportedItem } from './reported-item.js';
import { admitItem, type ReportedItem } from './resolve.js';

const witnessDisposalBody = z.strictObject({
  coi,
  item: itemId,
  /** that the witness saw it, or has the certificate of who destroys, or the receipt of who got it */
  evidence: evidenceOfDisposal,
});

export const witnessDisposal = defineFact({
  type: 'custody:WitnessDisposal',
  roles: CUSTODIANS,
  signature: 'own',
  annexes: [],
  body: witnessDisposalBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    ...(await readReportedItem(reader, body)),
    therapy: await reader.therapy(body.coi),
  }),
  standing: ({ therapy, named }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), { subject: itemNamed(body.coi, named), claim: 'other' }),
  annulling: ofWitness,
  decide: decideWitnessDisposal,
});

/** A second person knows that a thing was disposed of as it was told. */
export function decideWitnessDisposal(
  { named }: { readonly named: ReportedItem; readonly therapy: Therapy },
  command: Command<z.infer<typeof witnessDisposalBody>>,
  context: Context,
): FactDecision {
  const { coi: ofTherapy, evidence } = command.body;
  const before = named.known === 'own' ? named.item.disposed?.witnessed : undefined;
  if (before && principalOf(before) === context.principal) return saidAgain();
  const recording = new Recording(command, context);
  const item = admitItem(recording, named, command, context);
  if (item.coi !== ofTherapy) return recording.done();
  const { disposed, custody } = item;
  if (!disposed || custody !== 'disposed') {
    recording.deviate({ code: 'NOT_DISPOSED', classification: 'major', found: custody }, item);
  } else if (isOwnSignature(disposed, context)) {
    const found = context.principal;
    recording.deviate({ code: 'SAME_PERSON', classification: 'major', found }, item);
  } else if (!before) {
    const witnessed = { ...signedBy(command, context), evidence };
    recording.put({ ...item, disposed: { ...disposed, witnessed } });
  }
  return recording.done();
}
