import { ClassicLevel } from 'classic-level';

/** Changes one entry of a LevelDB that nobody has open, as somebody with access to the disk could; undefined deletes it. */
export async function editLevel(
  directory: string,
  part: string,
  key: string,
  change: (value: string) => string | undefined,
): Promise<void> {
  const db = new ClassicLevel(directory);
  try {
    const sublevel = db.sublevel(part);
    const changed = change((await sublevel.get(key)) ?? '');
    if (changed === undefined) await sublevel.del(key);
    else await sublevel.put(key, changed);
  } finally {
    await db.close();
  }
}
