import { z } from 'zod';
import { type Command, defineFact, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { code, coi, itemId, localId } from '../values/identifiers.js';
import { itemKindOf, type ProcessDefinition } from '../nouns/process-definition.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { holderOf, signItem } from './holder.js';
import type { Item } from '../nouns/item.js';
import { rangeOf } from './produce.js';
import { admitItem, type ReportedItem } from './resolve.js';
import type { NamedItem } from '../nouns/named-item.js';

export const collectItem = defineFact({
  type: 'custody:CollectItem',
  roles: ['collector', 'nurse'],
  signature: 'delegable',
  annexes: [],
  body: z.strictObject({
    coi,
    item: itemId,
    kind: code,
    /** one visit of the patient; a second sample comes from another */
    occasion: localId,
    /** an earlier sample of the same patient that this one is to confirm */
    confirms: itemId.optional(),
  }),
  scope: therapyScope,
});
type Body = z.infer<typeof collectItem.body>;

export interface CollectState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly named: NamedItem;
  readonly confirms: Item | undefined;
}

/** A sample was taken from the patient. A second sample must come from another occasion and collector. */
export function decideCollect(
  state: CollectState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  if (state.named.known !== 'never') {
    recording.deviate(
      { code: 'IDENTIFIER_TAKEN', classification: 'critical', found: state.named.item.coi },
      state.named.item,
      state.therapy,
    );
    return recording.done();
  }
  const kind = itemKindOf(state.definition, body.kind);
  const item: Item = {
    noun: 'item',
    coi: body.coi,
    id: body.item,
    kind: body.kind,
    parents: [],
    holder: holderOf(command, context),
    signatures: [signedBy(command, context)],
    custody: 'in-custody',
    range: rangeOf(kind),
    collected: { by: context.principal, occasion: body.occasion },
    blockers: [],
  };
  recording.put(item, { noun: 'item-index', id: item.id, coi: item.coi });
  if (!kind?.collected) {
    recording.deviate(
      { code: 'KIND_NOT_COLLECTED', classification: 'major', found: body.kind },
      item,
    );
  }
  noteIndependence(recording, state, command, context, item);
  return recording.done();
}

function noteIndependence(
  recording: Recording,
  state: CollectState,
  command: Command<Body>,
  context: Context,
  item: Item,
): void {
  if (command.body.confirms === undefined) return;
  const first = state.confirms?.collected;
  if (first && first.by !== context.principal && first.occasion !== command.body.occasion) return;
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

export const confirmCollection = defineFact({
  type: 'custody:ConfirmCollection',
  roles: ['collector', 'nurse', 'clinician'],
  signature: 'delegable',
  annexes: [],
  body: z.strictObject({ coi, item: itemId }),
  scope: therapyScope,
});

/**
 * The second person who checked the patient's identity and the label when the sample was taken. Another patient's
 * sample is not confirmed by it.
 */
export function decideConfirmCollection(
  state: { readonly named: ReportedItem },
  command: Command<z.infer<typeof confirmCollection.body>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const item = admitItem(recording, state.named, command, context);
  if (item.coi !== command.body.coi) return recording.done();
  if (!item.collected) {
    recording.deviate({ code: 'NOT_COLLECTED', classification: 'major', found: item.kind }, item);
  } else if (item.collected.by === context.principal) {
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
