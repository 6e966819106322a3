import type { DeviceStore } from '@veinledger/client/device';
import { database } from './database.js';

/**
 * A device's keys in its own storage.
 * @param programme a name of its own for each programme that the origin serves
 */
export function indexedDbStore(programme: string): DeviceStore {
  return {
    read: async () => (await database()).get('boxes', programme),
    write: async (box, seen) => {
      const work = (await database()).transaction('boxes', 'readwrite', { durability: 'strict' });
      const free = (await work.store.get(programme)) === seen;
      if (free) await work.store.put(box, programme);
      await work.done;
      return free;
    },
    wipe: async () => {
      const work = (await database()).transaction(['boxes', 'notes'], 'readwrite');
      await work.objectStore('boxes').delete(programme);
      await work.objectStore('notes').delete(IDBKeyRange.bound([programme], [programme, []]));
      await work.done;
    },
  };
}
