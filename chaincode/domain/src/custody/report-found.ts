import { ofFinding } from '../annulling/custody.js';
import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import {
  type Context,
  type FactDecision,
  type Finding,
  Recording,
  saidAgain,
} from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { Item } from '../nouns/item.js';
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
      claim: claimOfHandOver(named, body),
    }),
  annulling: ofFinding,
  decide: decideReportFound,
});

/**
 * A lost thing is there again: with its holder, or with a finder, who may hand it on or back. What is not lost is found by
 * nobody; what nobody knows is there, and nobody knows what it is. How it looks is on record in any case.
 */
export function decideReportFound(
  state: { readonly named: ReportedItem; readonly therapy: Therapy },
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { named } = state;
  const { body } = command;
  const { organisation } = context.actor;
  const by = holderOf(command, context);
  const recording = new Recording(command, context);
  const item = admitItem(recording, named, command, context);
  const seen = findingsOf(body, item);
  if (item.custody !== 'lost') {
    const here = item.foundBy ?? (item.custody === 'in-custody' ? item.holder : undefined);
    const isHere = here?.organisation === organisation;
    if (isHere && named.known === 'own' && seen.length === 0) return saidAgain();
    if (named.known === 'never') return deviatedBy(recording, seen, item).done();
    recording.put(signItem(item, signedBy(command, context)));
    const notLost = { code: 'NOT_LOST', classification: 'minor', found: item.custody } as const;
    return deviatedBy(recording, isHere ? seen : [notLost, ...seen], item).done();
  }
  const signed = signedBy(command, context);
  const again =
    item.holder.organisation === organisation
      ? heldAgain(item, by, effectiveOf(signed))
      : { ...item, custody: 'in-transit' as const, foundBy: by };
  recording.put(signItem(again, signed));
  noteFound(recording, item);
  return deviatedBy(recording, seen, item).done();
}

/** What was seen of a thing that is not as it should be. */
function findingsOf({ condition: found, labelRead: read }: Body, item: Item): readonly Finding[] {
  const againstLabel = labelAgainst(read, item);
  return [
    ...(againstLabel ? [againstLabel] : []),
    ...(found === 'intact'
      ? []
      : [{ code: 'NOT_INTACT', classification: 'major', found } as const]),
  ];
}

function deviatedBy(recording: Recording, seen: readonly Finding[], item: Item): Recording {
  return seen.reduce((before, finding) => before.deviate(finding, item), recording);
}
