import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';

/** Whether a folder holds a database. */
export function holdsDatabase(folder: string): boolean {
  return existsSync(join(folder, 'CURRENT'));
}

/** Why classic-level did not open a database: what lies beneath its own error. */
export function openFailure(error: unknown): unknown {
  return field(error, 'cause') ?? error;
}

/** Whether somebody has the database open: here, or in another process. */
export function isOpenElsewhere(error: unknown): boolean {
  return field(openFailure(error), 'code') === 'LEVEL_LOCKED';
}

/**
 * Opens a database that is there.
 * @throws classic-level's error
 */
export async function openExisting(folder: string): Promise<ClassicLevel> {
  const db = new ClassicLevel(folder, { createIfMissing: false });
  await db.open();
  return db;
}

function field(error: unknown, name: 'cause' | 'code'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
