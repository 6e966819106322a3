import { common } from '@hyperledger/fabric-protos';
import { hashHeader } from '../fabric/block-hash.js';
import type { RawBlock } from '../fabric/parse/block.js';
import type { AuditFinding } from './finding.js';

/** One member's copy of a block. */
export interface Copy {
  readonly member: string;
  /** left out when the member could not read it */
  readonly block?: RawBlock;
  /** whether nothing is wrong with it by itself */
  readonly sound: boolean;
}

/**
 * In what members' copies differ, each sound by itself: two blocks that are both signed, or, by the hash that a peer
 * keeps of everything it has committed, two states. One hash is made of the one before, so that only the first differing
 * ones say where.
 */
export function copyFindings(
  copies: readonly Copy[],
  { commitHashes }: { readonly commitHashes: boolean },
): readonly AuditFinding[] {
  const readable = copies.flatMap(({ member, block, sound }) =>
    block ? [{ member, block, sound }] : [],
  );
  const sound = readable.filter((each) => each.sound);
  return [
    ...differences('header', sound, hashHeader),
    ...(commitHashes ? differences('commitHash', readable, commitHashOf) : []),
  ];
}

function differences(
  subject: string,
  copies: readonly { readonly member: string; readonly block: RawBlock }[],
  textOf: (block: RawBlock) => string,
): readonly AuditFinding[] {
  const [first, ...others] = copies;
  if (first === undefined) return [];
  const text = textOf(first.block);
  return others
    .filter(({ block }) => textOf(block) !== text)
    .map(({ member, block }) => ({
      kind: 'members-differ',
      member,
      block: first.block.number,
      subject,
      expected: `${text} as ${first.member} has it`,
      found: textOf(block),
    }));
}

function commitHashOf({ metadata }: RawBlock): string {
  const bytes = metadata[common.BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array();
  return Buffer.from(common.Metadata.deserializeBinary(bytes).getValue_asU8()).toString('hex');
}
