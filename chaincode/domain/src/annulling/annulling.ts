import type { BlockableEntity, Entity } from '../nouns/registry.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Signed } from '../nouns/signed.js';
import type { SignersOfAnnulment } from './signers.js';
import type { Things } from './things.js';

/** What a record that was entered in error leaves behind. */
export interface Undone {
  /** what needs nobody's look, since it is no use to anybody until something new is signed */
  readonly changes?: readonly Entity[];
  /** what may be used again once quality has looked at it: a deviation is opened on each */
  readonly look?: readonly BlockableEntity[];
}

/**
 * What annulling a type's records leads to (G3): never, or who signs, and what then stands in place of what the record
 * wrote. Nothing is permitted by it, no block is cleared and no failed check passes.
 */
export type Annulling =
  | 'never'
  | {
      readonly signedBy: SignersOfAnnulment;
      readonly undo: (record: CommandRecord, things: Things, by: Signed) => Undone;
      /** of a slip: whether something was built on the record since; nothing where it is left out */
      readonly builtOn?: (record: CommandRecord, things: Things) => boolean;
    };
