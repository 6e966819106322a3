import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClassicLevel } from 'classic-level';

/**
 * Forgets all entries of one concern, in the files too. LevelDB keeps what was deleted until it writes a file anew, keys at
 * a file's ends until it is opened anew, and some in its log, so the database is closed and opened.
 */
export async function forget(db: ClassicLevel, name: string): Promise<void> {
  const { prefix } = db.sublevel(name);
  const range = { gte: prefix, lt: `${prefix}\u{10FFFF}` };
  await db.clear(range);
  await db.compactRange(range.gte, range.lt);
  await db.close();
  await db.open();
  await rm(join(db.location, 'LOG.old'), { force: true });
}
