import { compositeKey } from '@veinledger/chaincode/replay';
import { type Entity, keyOf, NOUNS } from '@veinledger/domain';
import type { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import type { DatabaseKind } from '@veinledger/ledger/storage';
import { LEDGER_FILES } from './ledger-format.js';
import { decodeVersioned } from './versioned-value.js';

const SCHEMAS = new Map<string, z.ZodType<Entity>>(
  Object.values(NOUNS).map(({ noun, schema }) => [noun, schema]),
);

const named = z.looseObject({ noun: z.string() });

/** The files of an embedded ledger with veinledger's contracts, which are taken along where these can read its state. */
export const VEINLEDGER_FILES: DatabaseKind = { ...LEDGER_FILES, refusal: refusalOf };

async function refusalOf(db: ClassicLevel): Promise<string | undefined> {
  for await (const [key, stored] of db.sublevel('state').iterator()) {
    if (liesUnder(key, JSON.parse(decodeVersioned(stored).value))) continue;
    const found = key.split('\0').filter(Boolean).join(' ');
    return `expected a state that this version's contracts read, found another '${found}': it cannot be carried on; the version that wrote it goes on reading it, and this one begins in a home of its own`;
  }
  return undefined;
}

/** Whether the contracts write such a value, and look for it under this key. */
function liesUnder(key: string, value: unknown): boolean {
  const noun = named.safeParse(value).data?.noun ?? '';
  const entity = SCHEMAS.get(noun)?.safeParse(value).data;
  return entity !== undefined && compositeKey(keyOf(entity)) === key;
}
