import {
  actorId,
  type CommandRecord,
  digest,
  instant,
  recordSchema,
  type Seen,
} from '@veinledger/domain';
import { z } from 'zod';

/** Beside what was signed with compromised keys: whose, since when, and quality's confirmation of it. */
export const suspectMark = z.strictObject({
  actor: actorId,
  since: instant,
  confirmedBy: z.exactOptional(digest),
});

/** The members that do not say what they say on the ledger, since their reader is not told; left out where all do. */
export const withheld = z.exactOptional(z.array(z.string()).min(1));

/** A record as it is read, marked where it is suspect. */
export const markedRecord = recordSchema.extend({
  suspect: z.exactOptional(suspectMark),
  withheld,
});

/** The record with the block that holds its transaction. */
export const receipt = recordSchema.extend({ block: z.int().min(0), withheld });

export type Receipt = Seen<CommandRecord> & { readonly block: number };

/** A receipt with the signed command itself, as it stands in the block; left out where its reader is not told all of it. */
export const committedCommand = z.strictObject({
  receipt: receipt.extend({ suspect: z.exactOptional(suspectMark) }),
  jws: z.exactOptional(z.string()),
});

export type CommittedCommand = z.infer<typeof committedCommand>;
