import type { Signed } from '../nouns/signed.js';
import type { Blockable } from '../nouns/subject.js';

/** Where a thing is in the hands of people. */
export type CustodyState = 'in-custody' | 'in-transit' | 'consumed' | 'administered' | 'disposed';

/** Who last received a thing physically. */
export interface Holder {
  readonly organisation: string;
  readonly actor: string;
  /** the person behind it, when a device received it */
  readonly principal?: string;
}

/** The temperature range that a kind of item bears, degrees Celsius; an absent limit is open. */
export interface TemperatureRange {
  readonly temperatureMinC?: number;
  readonly temperatureMaxC?: number;
}

/** A physical thing under a chain of identity: a sample, an intermediate, a vial, a dose. */
export interface Item extends Blockable {
  readonly noun: 'item';
  readonly coi: string;
  /** ISBT 128 DIN or GS1 Digital Link */
  readonly id: string;
  /** a kind of the process definition, or `unidentified` */
  readonly kind: string;
  readonly parents: readonly ItemRef[];
  readonly holder: Holder;
  readonly custody: CustodyState;
  readonly range: TemperatureRange;
  /** everybody who signed for it: collection, confirmation, making, both halves of each hand-off */
  readonly signatures: readonly Signed[];
  readonly collected?: {
    /** the person who took it */
    readonly by: string;
    readonly occasion: string;
    /** the second person */
    readonly confirmedBy?: string;
  };
  readonly producedBy?: { readonly step: string; readonly attempt: number };
  readonly design?: string;
  readonly batch?: string;
  /** use before, RFC 3339 */
  readonly useBy?: string;
  /** the hand-off under way, or the last one */
  readonly handOff?: { readonly id: string; readonly verdict: HandOffVerdict | 'pending' };
}

export type HandOffVerdict = 'accepted' | 'rejected' | 'misdelivered';

/** An item, named with the therapy it belongs to. */
export interface ItemRef {
  readonly coi: string;
  readonly id: string;
}

/** The state people see: a thing that may not be used is quarantined wherever it is. */
export function stateOf(item: Item): CustodyState | 'quarantined' {
  const tangible = item.custody === 'in-custody' || item.custody === 'in-transit';
  return tangible && item.blockers.length > 0 ? 'quarantined' : item.custody;
}

/** Whether the thing still exists and is somewhere. */
export function isTangible(item: Item): boolean {
  return item.custody === 'in-custody' || item.custody === 'in-transit';
}

/** To which therapy an identifier belongs; written once. */
export interface ItemIndex {
  readonly noun: 'item-index';
  readonly id: string;
  readonly coi: string;
}
