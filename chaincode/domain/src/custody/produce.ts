import type { Command } from '../commands/command.js';
import type { Context, Recording } from '../commands/decision.js';
import { type ItemKind, itemKindOf, type ProcessDefinition } from '../nouns/process-definition.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Therapy } from '../nouns/therapy.js';
import { addMinutes, earliest } from '../values/time.js';
import { reasonsOfBlockers, reasonsOfRelabelling } from '../gates/blocks.js';
import { notDecided } from '../gates/decided.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import { registerItem } from './alias.js';
import { holderOf } from './holder.js';
import type { Item, TemperatureRange } from '../nouns/item.js';
import { identify, isFree, metUnidentified, noteMetElsewhere } from './identify.js';
import { itemRef, nameWithin } from './resolve.js';
import { type NamedItem, OF_ANOTHER_THERAPY } from '../nouns/named-item.js';

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
  /** parts of something, or several of it together: of the same kind as before */
  readonly divides?: boolean;
  /** what physician and release person decided to go on with, after what cannot be undone */
  readonly decisions?: readonly DecisionToGoOn[];
  /** its parents are opened for it, to be used at once */
  readonly opens?: boolean;
}

/** Something new, by its identifier, with what stands under the other number on its label. */
export interface Output {
  readonly named: NamedItem;
  readonly alias?: NamedItem | undefined;
  readonly kind: string;
}

/**
 * Records a new item in the reporter's hands. An identifier that is taken or is its own parent's, a kind that the
 * process does not know and a quarantined parent each deviate.
 */
function produceItem(
  recording: Recording,
  origin: Origin,
  output: Output,
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
  if (!isFree(named) && !met) {
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
  const signed = signedBy(command, context);
  const clocks = clocksOf(kind, origin, effectiveOf(signed));
  const made: Item = {
    noun: 'item',
    coi: origin.therapy.coi,
    id: named.id,
    kind: output.kind,
    parents: origin.parents.map(itemRef),
    holder: holderOf(command, context),
    signatures: [signed],
    custody: 'in-custody',
    heldSince: effectiveOf(signed),
    range: rangeOf(kind),
    blockers: [],
    ...(origin.producedBy ? { producedBy: origin.producedBy } : {}),
    ...(origin.design === undefined ? {} : { design: origin.design }),
    ...clocks,
  };
  const item = met
    ? identify(recording, met, made, origin.unidentified, command, context)
    : registerItem(recording, made, output.alias, origin.therapy);
  noteMetElsewhere(recording, named, item);
  if (origin.parents.length === 0) recording.about(item, effectiveOf(origin.therapy.ordered));
  const same = origin.parents.every((parent) => parent.kind === output.kind);
  if (!kind || (kind.collected && !(origin.divides === true && same))) {
    recording.deviate({ code: 'KIND_NOT_MADE', classification: 'major', found: output.kind }, item);
  }
  const quarantined = origin.parents.find((parent) =>
    isQuarantined(origin, parent, effectiveOf(signed)),
  );
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

/** Whether something stands against a parent that nobody decided to go on with (A10). */
function isQuarantined(
  { therapy, definition, decisions = [] }: Origin,
  parent: Item,
  began: string,
): boolean {
  const nothing = {
    attempts: new Map(),
    datasets: new Map(),
    designs: new Map(),
    batches: new Map(),
  };
  const whole = {
    ...{ therapy, definition, ...nothing },
    items: new Map([[parent.id, parent]]),
    decisions: new Map(decisions.map((each) => [each.id, each])),
  };
  const against = [...reasonsOfBlockers(parent), ...reasonsOfRelabelling(parent)];
  return notDecided(whole, [parent], against, began).length > 0;
}

/** Records new items and gives them; one that is listed twice is recorded once, and deviates. */
export function produceItems(
  recording: Recording,
  origin: Origin,
  outputs: readonly Output[],
  command: Command<unknown>,
  context: Context,
): readonly Item[] {
  const made: Item[] = [];
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
      if (item) made.push(item);
    }
  }
  return made;
}

/** When something must be used: its in-use time starts with the earliest of its containers' (A9). */
function clocksOf(
  kind: ItemKind | undefined,
  { parents, opens }: Origin,
  made: string,
): Pick<Item, 'useBy' | 'inUseSince'> {
  const opened = earliest([made, ...parents.map(({ inUseSince }) => inUseSince)]) ?? made;
  const inUse =
    kind?.inUseMinutes === undefined ? undefined : addMinutes(opened, kind.inUseMinutes);
  const useBy = earliest([inUse, ...parents.map((parent) => parent.useBy)]);
  return {
    ...(useBy === undefined ? {} : { useBy }),
    ...(opens === true || kind?.inUseMinutes !== undefined ? { inUseSince: opened } : {}),
  };
}
