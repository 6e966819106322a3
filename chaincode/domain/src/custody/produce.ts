import type { Command } from '../commands/command.js';
import type { Context, Recording } from '../commands/decision.js';
import { type ItemKind, itemKindOf, type ProcessDefinition } from '../nouns/process-definition.js';
import { signedBy } from '../nouns/signed.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Therapy } from '../nouns/therapy.js';
import { addMinutes, milliseconds } from '../values/time.js';
import { holderOf } from './holder.js';
import type { Item, TemperatureRange } from '../nouns/item.js';
import { identify, metUnidentified } from './identify.js';
import { itemRef, nameWithin, OF_ANOTHER_THERAPY } from './resolve.js';
import type { NamedItem } from '../nouns/named-item.js';

/** The temperature range that a kind of item bears; none for an unknown kind. */
export function rangeOf(kind: ItemKind | undefined): TemperatureRange {
  return {
    ...(kind?.temperatureMinC === undefined ? {} : { temperatureMinC: kind.temperatureMinC }),
    ...(kind?.temperatureMaxC === undefined ? {} : { temperatureMaxC: kind.temperatureMaxC }),
  };
}

/** What new items come from, and how. */
export interface Origin {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly parents: readonly Item[];
  readonly producedBy?: { readonly step: string; readonly attempt: number };
  readonly design?: string;
  /** that an output was met before it was reported */
  readonly unidentified: readonly Deviation[];
}

/**
 * Records a new item in the reporter's hands. An identifier that is taken or is its own parent's, a kind that the
 * process does not know and a quarantined parent each deviate.
 */
function produceItem(
  recording: Recording,
  origin: Origin,
  output: { readonly named: NamedItem; readonly kind: string },
  command: Command<unknown>,
  context: Context,
): Item | undefined {
  const { named } = output;
  const self = origin.parents.find((parent) => parent.id === named.id);
  if (self) {
    recording.deviate(
      {
        code: 'OWN_PARENT',
        classification: 'critical',
        found: nameWithin(origin.therapy.coi, self),
      },
      self,
      origin.therapy,
    );
    return undefined;
  }
  const met = metUnidentified(named);
  if (named.known !== 'never' && !met) {
    recording.deviate(
      {
        code: 'IDENTIFIER_TAKEN',
        classification: 'critical',
        found: nameWithin(origin.therapy.coi, named.item),
      },
      named.item,
      origin.therapy,
    );
    return undefined;
  }
  const kind = itemKindOf(origin.definition, output.kind);
  const useBy = useByOf(kind, origin.parents, context);
  const item: Item = {
    noun: 'item',
    coi: origin.therapy.coi,
    id: named.id,
    kind: output.kind,
    parents: origin.parents.map(itemRef),
    holder: holderOf(command, context),
    signatures: [signedBy(command, context)],
    custody: 'in-custody',
    range: rangeOf(kind),
    blockers: [],
    ...(origin.producedBy ? { producedBy: origin.producedBy } : {}),
    ...(origin.design === undefined ? {} : { design: origin.design }),
    ...(useBy === undefined ? {} : { useBy }),
  };
  if (met) identify(recording, met, item, origin.unidentified, command, context);
  else recording.put(item, { noun: 'item-index', id: item.id, coi: item.coi });
  if (!kind || kind.collected) {
    recording.deviate({ code: 'KIND_NOT_MADE', classification: 'major', found: output.kind }, item);
  }
  const quarantined = origin.parents.find((parent) => parent.blockers.length > 0);
  if (quarantined) {
    recording.deviate(
      {
        code: 'PARENT_QUARANTINED',
        classification: 'major',
        found: nameWithin(item.coi, quarantined),
      },
      item,
    );
  }
  return item;
}

/** Records new items; one that is listed twice is recorded once, and deviates. */
export function produceItems(
  recording: Recording,
  origin: Origin,
  outputs: readonly { readonly named: NamedItem; readonly kind: string }[],
  command: Command<unknown>,
  context: Context,
): void {
  const listed = new Map<string, Item | Therapy>();
  for (const output of outputs) {
    const { id } = output.named;
    const subject = listed.get(id);
    if (subject) {
      const found = output.named.known === 'foreign' ? OF_ANOTHER_THERAPY : id;
      recording.deviate({ code: 'LISTED_TWICE', classification: 'critical', found }, subject);
    } else {
      const item = produceItem(recording, origin, output, command, context);
      listed.set(id, item ?? origin.therapy);
    }
  }
}

function useByOf(
  kind: ItemKind | undefined,
  parents: readonly Item[],
  context: Context,
): string | undefined {
  const limits = parents.flatMap((parent) => (parent.useBy === undefined ? [] : [parent.useBy]));
  if (kind?.inUseMinutes !== undefined)
    limits.push(addMinutes(context.transactionTime, kind.inUseMinutes));
  return limits.sort((one, other) => milliseconds(one) - milliseconds(other))[0];
}
