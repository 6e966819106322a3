import { actorId, type CommandRecord, digest, instant, recordSchema } from '@veinledger/domain';
import { z } from 'zod';

const { exactOptional } = z;

/** Beside what was signed with compromised keys: whose, since when, and quality's confirmation of it. */
export const suspectMark = z.strictObject({
  actor: actorId,
  since: instant,
  confirmedBy: exactOptional(digest),
});

/** A record as it is read, marked where it is suspect. */
export const markedRecord = recordSchema.extend({ suspect: exactOptional(suspectMark) });

/** The record with the block that holds its transaction. */
export const receipt = recordSchema.extend({ block: z.int().min(0) });

export type Receipt = CommandRecord & { readonly block: number };

/** A receipt with the signed command itself, as it stands in the block. */
export const committedCommand = z.strictObject({
  receipt: receipt.extend({ suspect: exactOptional(suspectMark) }),
  jws: z.string(),
});

export type CommittedCommand = z.infer<typeof committedCommand>;
