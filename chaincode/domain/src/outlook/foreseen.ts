import type { StatedReason } from '../nouns/reason.js';
import type { ThingState } from '../values/words.js';
import { hindrancesOf } from './hindrance.js';
import type { GateOutlook, Outlook } from './outlook.js';

/** What gates ahead would hold against what they are asked of. */
export interface Foreseen {
  /** left out where the reader does not see it */
  readonly reason?: StatedReason;
  /** everything that would be refused for it */
  readonly refused: readonly GateOutlook[];
}

/** What stands in the way of a therapy's things: each reason once, with all that would be refused for it. */
export function foreseenIn({ gates }: Outlook): readonly Foreseen[] {
  const found = new Map<string, Foreseen>();
  const note = (reason: StatedReason | undefined, outlook: GateOutlook) => {
    const key = JSON.stringify(reason ?? null);
    const refused = [...(found.get(key)?.refused ?? []), outlook];
    found.set(key, reason ? { reason, refused } : { refused });
  };
  for (const outlook of gates) {
    for (const reason of hindrancesOf(outlook)) note(reason, outlook);
    if (outlook.withheld) note(undefined, outlook);
  }
  return [...found.values()];
}

/** What the gate that a therapy comes to next would say; undefined after the last, and where the reader does not see it. */
export function nextGateIn({ coi, gates }: Outlook): GateOutlook | undefined {
  return gates.find(({ subject }) => subject === `therapy ${coi}`);
}

/**
 * How a thing stands, in one word; undefined where an outlook does not tell of it.
 * @param name as reasons name it: `item https://id.gs1.org/…`
 */
export function stateIn({ things }: Outlook, name: string): ThingState | undefined {
  return things.find(({ subject }) => subject === name)?.state;
}
