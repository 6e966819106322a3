import type { DeviceStore } from '@veinledger/client/device';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

const DATABASE = 'veinledger';
const VERSION = 1;

interface Schema extends DBSchema {
  readonly boxes: { key: string; value: string };
}

/**
 * The device's own storage, IndexedDB.
 * @param programme a name of its own for each programme that the origin serves
 */
export function indexedDbStore(programme: string): DeviceStore {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () =>
    (opening ??= openDB<Schema>(DATABASE, VERSION, {
      upgrade: (made) => void made.createObjectStore('boxes'),
      terminated: () => (opening = undefined),
    }));
  return {
    read: async () => (await database()).get('boxes', programme),
    write: async (box, seen) => {
      const work = (await database()).transaction('boxes', 'readwrite', { durability: 'strict' });
      const free = (await work.store.get(programme)) === seen;
      if (free) await work.store.put(box, programme);
      await work.done;
      return free;
    },
    wipe: async () => (await database()).delete('boxes', programme),
  };
}
