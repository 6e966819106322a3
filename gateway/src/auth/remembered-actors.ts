import { compositeKey } from '@veinledger/chaincode/replay';
import { keyFor } from '@veinledger/domain';
import type { Ledger } from '@veinledger/ledger';
import type { ActorDirectory } from './actor-directory.js';
import type { Caller } from './caller.js';

/** More actors than this are not remembered. */
const REMEMBERED = 10_000;

/** How the keys of actors' records begin; the id follows, and a character that ends it. */
const ACTORS = compositeKey(keyFor('actor', {}));

/**
 * A directory that asks the ledger once for each actor and again after a block wrote the actor's record, so that a
 * revocation holds from its block on. Where the ledger tells of no blocks, it is asked each time.
 */
export function rememberActors(
  directory: ActorDirectory,
  ledger: Pick<Ledger, 'listen'>,
): ActorDirectory {
  if (ledger.listen === undefined) return directory;
  const known = new Map<string, Caller>();
  // an answer that was under way while a record changed may be the old one
  let changes = 0;
  ledger.listen((transactions) => {
    for (const { writes } of transactions) {
      for (const { key } of writes) {
        if (!key.startsWith(ACTORS)) continue;
        known.delete(key.slice(ACTORS.length, -1));
        changes += 1;
      }
    }
  });
  return {
    remembered: (id) => known.get(id),
    async find(id) {
      const remembered = known.get(id);
      if (remembered) return remembered;
      const before = changes;
      const found = await directory.find(id);
      if (found && changes === before && known.size < REMEMBERED) known.set(id, found);
      return found;
    },
  };
}
