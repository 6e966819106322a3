import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

const DATABASE = 'veinledger';
const VERSION = 1;

interface Schema extends DBSchema {
  /** the box of keys of each programme that the origin serves */
  readonly boxes: { key: string; value: string };
  /** what is remembered besides, encrypted, by programme and name */
  readonly notes: { key: [string, string]; value: string };
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;

/** The device's own storage, IndexedDB. */
export function database(): Promise<IDBPDatabase<Schema>> {
  return (opening ??= openDB<Schema>(DATABASE, VERSION, {
    upgrade: (made) => {
      made.createObjectStore('boxes');
      made.createObjectStore('notes');
    },
    terminated: () => (opening = undefined),
  }));
}
