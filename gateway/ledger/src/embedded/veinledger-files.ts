import { NOUNS } from '@veinledger/domain';
import type { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import type { DatabaseKind } from '@veinledger/ledger/storage';
import { LEDGER_FILES } from './ledger-format.js';
import { decodeVersioned } from './versioned-value.js';

const SCHEMAS = new Map<string, z.ZodType>(
  Object.values(NOUNS).map(({ noun, schema }) => [noun, schema]),
);

const entity = z.looseObject({ noun: z.string() });

/** The files of an embedded ledger with veinledger's contracts, which are taken along where these can read its state. */
export const VEINLEDGER_FILES: DatabaseKind = { ...LEDGER_FILES, refusal: refusalOf };

async function refusalOf(db: ClassicLevel): Promise<string | undefined> {
  for await (const [key, stored] of db.sublevel('state').iterator()) {
    const value: unknown = JSON.parse(decodeVersioned(stored).value);
    const noun = entity.safeParse(value).data?.noun ?? '';
    if (SCHEMAS.get(noun)?.safeParse(value).success === true) continue;
    const found = key.split('\0').filter(Boolean).join(' ');
    return `expected a state that this version's contracts read, found another '${found}': it cannot be carried on, and the version that wrote it reads it`;
  }
  return undefined;
}
