import type { RawBlock } from '../fabric/parse/block.js';

/** One member, as an auditor asks it: by its own peer, which answers for itself. */
export interface AuditedMember {
  readonly name: string;
  /** the number of blocks that it has */
  height(): Promise<number>;
  /** Throws a LedgerError of kind `contract` when it has the block and cannot read it. */
  block(number: number): Promise<RawBlock>;
  /** Every key of the present state that begins with an object type, with its text. */
  state(objectType: string): AsyncIterable<readonly [key: string, value: string]>;
}
