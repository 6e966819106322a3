import { z } from 'zod';
import { ofCollection } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { noteConsent, readUseByFact, type UseByFact } from '../consent/fact.js';
import { code, coi, itemId, localId } from '../values/identifiers.js';
import { itemKindOf, type ProcessDefinition, purposesOf } from '../nouns/process-definition.js';
import type { Deviation } from '../nouns/deviation.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { isCollector } from './collector.js';
import type { Therapy } from '../nouns/therapy.js';
import { holderOf } from './holder.js';
import type { Item } from '../nouns/item.js';
import { readAlias, registerItem } from './alias.js';
import { identify, isFree, metUnidentified, noteMetElsewhere, readMet } from './identify.js';
import { ownNameOf } from './own-name.js';
import { rangeOf } from './produce.js';
import { isSaidAgain } from './said.js';
import { nameWithin } from './resolve.js';
import type { NamedItem } from '../nouns/named-item.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';

const collectItemBody = z.strictObject({
  coi,
  item: itemId,
  /** the other number on its label, where it bears one of GS1 and one of ISBT 128 */
  alias: itemId.optional(),
  kind: code,
  /** one visit of the patient; a second sample comes from another */
  occasion: localId,
  /** an earlier sample of the same patient that this one is to confirm */
  confirms: itemId.optional(),
});

export const collectItem = defineFact({
  type: 'custody:CollectItem',
  roles: ['collector', 'nurse'],
  signature: 'delegable',
  annexes: [],
  body: collectItemBody,
  scope: therapyScope,
  reads: async (reader, { body }, context) => {
    const therapy = await reader.therapy(body.coi);
    const named = await reader.given(body.coi, body.item);
    const state = { therapy, named };
    const { definition } = await reader.processOf(therapy);
    const confirms =
      body.confirms === undefined ? undefined : await reader.named(body.coi, body.confirms);
    const alias = await readAlias(reader, body.coi, body);
    const unidentified = await readMet(reader, [named]);
    const use = await readUseByFact(reader, therapy.patient, {
      purposes: purposesOf(definition, 'custody:CollectItem', [body.kind]),
      dataClasses: ['sample'],
      to: context.actor.organisation,
    });
    return { ...state, definition, confirms, alias, unidentified, use };
  },
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: ofCollection,
  decide: decideCollect,
});
type Body = z.infer<typeof collectItemBody>;

export interface CollectState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly named: NamedItem;
  /** what stands under the other number on its label */
  readonly alias?: NamedItem | undefined;
  /** what the sample that it is to confirm is, by whichever number of its labels */
  readonly confirms: NamedItem | undefined;
  /** that it was met without anybody knowing what it is */
  readonly unidentified: readonly Deviation[];
  readonly use: UseByFact;
}

/** A sample was taken from the patient. A second sample must come from another occasion and collector. */
export function decideCollect(
  state: CollectState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const body = withOwnName(command.body, state.confirms);
  if (isSameCollection(state.named, body, context)) return saidAgain();
  const recording = new Recording(command, context);
  const met = metUnidentified(state.named);
  if (!isFree(state.named) && !met) {
    recording.deviate(
      {
        code: 'IDENTIFIER_TAKEN',
        classification: 'critical',
        found: nameWithin(body.coi, state.named.item),
      },
      state.named.item,
      state.therapy,
    );
    return recording.done();
  }
  const kind = itemKindOf(state.definition, body.kind);
  const signed = signedBy(command, context);
  const sample: Item = {
    noun: 'item',
    coi: body.coi,
    id: body.item,
    kind: body.kind,
    parents: [],
    holder: holderOf(command, context),
    signatures: [signed],
    custody: 'in-custody',
    heldSince: effectiveOf(signed),
    range: rangeOf(kind),
    collected: {
      by: context.principal,
      occasion: body.occasion,
      ...(body.confirms === undefined ? {} : { confirms: body.confirms }),
    },
    blockers: [],
  };
  const item = met
    ? identify(recording, met, sample, state.unidentified, command, context)
    : registerItem(recording, sample, state.alias, state.therapy);
  noteMetElsewhere(recording, state.named, item);
  recording.about(item, effectiveOf(state.therapy.ordered));
  if (!kind?.collected) {
    recording.deviate(
      { code: 'KIND_NOT_COLLECTED', classification: 'major', found: body.kind },
      item,
    );
  }
  noteIndependence(recording, state.confirms, body, context, item);
  noteConsent(recording, state.use, command, context, [item]);
  return recording.done();
}

/** The words with the sample that is confirmed under the name that the therapy's records give it. */
function withOwnName(body: Body, confirms: NamedItem | undefined): Body {
  return confirms ? { ...body, confirms: ownNameOf(confirms) } : body;
}

/** Whether the same person said the same of this sample before. */
function isSameCollection(named: NamedItem, body: Body, context: Context): boolean {
  if (named.known !== 'own' || !named.item.collected) return false;
  const { kind, collected, alias } = named.item;
  const { by, occasion, confirms } = collected;
  return isSaidAgain(
    { by: { actor: by }, words: { kind, alias, occasion, confirms } },
    {
      ...{ kind: body.kind, occasion: body.occasion, confirms: body.confirms },
      alias: body.alias === body.item ? undefined : body.alias,
    },
    context,
  );
}

function noteIndependence(
  recording: Recording,
  confirms: NamedItem | undefined,
  { occasion }: Body,
  context: Context,
  item: Item,
): void {
  if (!confirms) return;
  const sample = confirms.known === 'own' ? confirms.item : undefined;
  const first = sample?.collected;
  const isOther = sample !== undefined && !isCollector(sample, context);
  if (first && isOther && first.occasion !== occasion) return;
  recording.deviate(
    {
      code: 'SECOND_COLLECTION_NOT_INDEPENDENT',
      classification: 'major',
      expected: 'another occasion and another collector',
      found: first ? `${first.occasion}, ${first.by}` : 'no such sample',
    },
    item,
  );
}
