import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateHybridIdentity } from 'age-encryption';
import type { Session } from '../session.js';

/** Where a registrar's age identity is kept: any program for age files opens a copy by it. */
export function identityFile(session: Session, registrar: string): string {
  return join(session.keys, `${registrar}.age`);
}

/** The registrar's age identity, made where there is none; readable by its owner only. */
export async function ownIdentity(session: Session, registrar: string): Promise<string> {
  const file = identityFile(session, registrar);
  if (!existsSync(file)) {
    await mkdir(session.keys, { recursive: true, mode: 0o700 });
    await writeFile(file, `${await generateHybridIdentity()}\n`, { mode: 0o600, flag: 'wx' });
  }
  return (await readFile(file, 'utf8')).trim();
}
