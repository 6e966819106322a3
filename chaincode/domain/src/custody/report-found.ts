import { ofFinding } from '../annulling/custody.js';
import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless, claimOfHandOver, itemNamed } from '../standing/claim.js';
import { ofFinder, ofGiver } from '../standing/custody.js';
import { coi, itemId } from '../values/identifiers.js';
import { labelRead } from '../values/label.js';
import { CUSTODIANS } from '../values/roles.js';
import { condition } from '../values/words.js';
import { heldAgain, noteFound } from './found.js';
import { holderOf, signItem } from './holder.js';
import { labelAgainst } from './label.js';
import { admitItem, type ReportedItem, reportedOf } from './resolve.js';

const reportFoundBody = z.strictObject({ coi, item: itemId, condition, labelRead });
type Body = z.infer<typeof reportFoundBody>;

export const reportFound = defineFact({
  type: 'custody:ReportFound',
  roles: CUSTODIANS,
  signature: 'delegable',
  annexes: [],
  body: reportFoundBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    return { therapy, named: reportedOf(therapy, await reader.named(body.coi, body.item)) };
  },
  standing: ({ named, therapy }, { body }, context) =>
    alarmUnless(ofGiver(named, context) || ofFinder(named, therapy, context), {
      subject: itemNamed(body.coi, named),
      claim: claimOfHandOver(body),
    }),
  annulling: ofFinding,
  decide: decideReportFound,
});

/**
 * A lost thing is there again: with its holder, or with a finder, who may hand it on or back. What is not lost is found by
 * nobody.
 */
export function decideReportFound(
  state: { readonly named: ReportedItem; readonly therapy: Therapy },
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { named } = state;
  const { organisation } = context.actor;
  const by = holderOf(command, context);
  const recording = new Recording(command, context);
  const item = admitItem(recording, named, command, context);
  if (item.custody !== 'lost') {
    const here = item.foundBy ?? (item.custody === 'in-custody' ? item.holder : undefined);
    if (here?.organisation === organisation) return saidAgain();
    return recording
      .put(signItem(item, signedBy(command, context)))
      .deviate({ code: 'NOT_LOST', classification: 'minor', found: item.custody }, item)
      .done();
  }
  const signed = signedBy(command, context);
  const again =
    item.holder.organisation === organisation
      ? heldAgain(item, by, effectiveOf(signed))
      : { ...item, custody: 'in-transit' as const, foundBy: by };
  recording.put(signItem(again, signed));
  noteFound(recording, item);
  const { body } = command;
  const againstLabel = labelAgainst(body.labelRead, item);
  if (againstLabel) recording.deviate(againstLabel, item);
  if (body.condition !== 'intact') {
    recording.deviate({ code: 'NOT_INTACT', classification: 'major', found: body.condition }, item);
  }
  return recording.done();
}
