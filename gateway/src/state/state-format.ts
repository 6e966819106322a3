import type { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import type { DatabaseKind } from '@veinledger/ledger/storage';
import { Collection } from './collection.js';
import { forget } from './forget.js';

/** What a gateway remembers for itself, and what was changed of it since versions wrote no format. */
export const GATEWAY_STATE: DatabaseKind = {
  name: "the gateway's state",
  unstamped: 0,
  steps: [
    {
      says: 'forgets what was kept under idempotency keys by digests that anybody can compute',
      run: (db) => forget(db, 'idempotency'),
    },
  ],
  read: (db) => format(db).get('state'),
  stamp: (db, found) => format(db).put('state', found),
};

function format(db: ClassicLevel): Collection<number> {
  return new Collection(db, 'format', (value) => z.int().parse(value));
}
