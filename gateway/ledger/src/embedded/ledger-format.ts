import type { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import type { DatabaseKind } from '@veinledger/ledger/storage';
import { LedgerError } from '../port.js';
import { stored } from './stored.js';

/** What a directory was made for; another ledger must not be opened over it. */
const identitySchema = z.strictObject({ channel: z.string(), organisation: z.string() });

export type Identity = z.infer<typeof identitySchema>;

/** In which form the files are stands beside whose they are. */
const formatSchema = z.looseObject({ format: z.int().min(1).optional() });
const keptSchema = identitySchema.extend(formatSchema.shape);

const PLACE = { sublevel: 'meta', key: 'identity' } as const;

/** An embedded ledger's files, and what was changed of them since versions wrote no format. */
export const LEDGER_FILES: DatabaseKind = {
  name: 'the ledger',
  unstamped: 0,
  steps: [{ says: 'says its format; nothing else changes', run: () => Promise.resolve() }],
  read: async (db) => {
    const text = await textOf(db);
    return text === undefined ? undefined : stored(formatSchema, text, PLACE.key).format;
  },
  stamp: async (db, format) => {
    const identity = await readIdentity(db);
    if (identity === undefined) throw new LedgerError('damaged', 'the ledger belongs to nobody');
    await writeIdentity(db, identity, format);
  },
};

/** Whose a ledger's files are; undefined where they are new. */
export async function readIdentity(db: ClassicLevel): Promise<Identity | undefined> {
  const text = await textOf(db);
  if (text === undefined) return undefined;
  const { channel, organisation } = stored(keptSchema, text, PLACE.key);
  return { channel, organisation };
}

/** Writes whose a ledger's files are, and in which format. */
export function writeIdentity(
  db: ClassicLevel,
  { channel, organisation }: Identity,
  format: number,
): Promise<void> {
  const value = JSON.stringify({ channel, organisation, format });
  const place = { sublevel: db.sublevel(PLACE.sublevel), key: PLACE.key };
  return db.batch([{ type: 'put', ...place, value }], { sync: true });
}

function textOf(db: ClassicLevel): Promise<string | undefined> {
  return db.sublevel(PLACE.sublevel).get(PLACE.key);
}
