import { ClassicLevel } from 'classic-level';
import type { DatabaseKind } from './format.js';

/** Vials by name, as three versions after the first kept them. */
export const VIALS: DatabaseKind = {
  name: 'the vials',
  unstamped: 0,
  steps: [
    {
      says: 'counts each vial',
      run: async (db) => {
        for (const name of await db.sublevel('names').values().all()) {
          await db.sublevel('vials').put(name, '1');
        }
      },
    },
    { says: 'forgets the list of names', run: (db) => db.sublevel('names').clear() },
    {
      says: 'names the place of each vial',
      run: async (db) => {
        for (const [name, count] of await db.sublevel('vials').iterator().all()) {
          // what was done before the process died stays as it is
          if (!count.endsWith(' in a freezer')) {
            await db.sublevel('vials').put(name, `${count} in a freezer`);
          }
        }
      },
    },
  ],
  read: async (db) => {
    const said = await db.sublevel('format').get('vials');
    return said === undefined ? undefined : Number(said);
  },
  stamp: (db, format) => {
    const sublevel = db.sublevel('format');
    return db.batch([{ type: 'put', sublevel, key: 'vials', value: String(format) }], {
      sync: true,
    });
  },
};

/** Keeps vials as the first version did, which wrote no format. */
export async function keepVials(folder: string): Promise<void> {
  const db = new ClassicLevel(folder);
  for (const name of ['a', 'b']) await db.sublevel('names').put(name, name);
  await db.close();
}

/** What a folder holds by key, but for what upgrades note for themselves. */
export async function contentOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const db = new ClassicLevel(folder, { createIfMissing: false });
  const entries = await db.iterator().all();
  await db.close();
  return Object.fromEntries(entries.filter(([key]) => !key.startsWith('!upgrade!')));
}

export const FIRST = { '!names!a': 'a', '!names!b': 'b' };
export const PRESENT = {
  '!format!vials': '3',
  '!vials!a': '1 in a freezer',
  '!vials!b': '1 in a freezer',
};
