import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { profileSchema, type Profile } from './schema.js';

/** The consortium that ships: six members, three peers, four ordering nodes. */
export const DEFAULT_PROFILE_FILE = fileURLToPath(
  new URL('../../profiles/consortium.json', import.meta.url),
);

/** The file of a profile: one that ships when only its name is given, else the file itself. */
export function profileFile(nameOrFile: string): string {
  const shipped = fileURLToPath(new URL(`../../profiles/${nameOrFile}.json`, import.meta.url));
  return /^[a-z-]+$/.test(nameOrFile) && existsSync(shipped) ? shipped : nameOrFile;
}

/**
 * Checks a profile that was read from somewhere.
 * @throws NetworkError PROFILE_INVALID, naming each field
 */
export function parseProfile(value: unknown, source: string): Profile {
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new NetworkError('PROFILE_INVALID', `${source}\n${z.prettifyError(parsed.error)}`);
}

/**
 * Reads a profile file.
 * @throws NetworkError FILE_MISSING, PROFILE_INVALID
 */
export async function loadProfile(file: string = DEFAULT_PROFILE_FILE): Promise<Profile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `profile ${file} cannot be read`, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new NetworkError('PROFILE_INVALID', `${file} is not JSON`, { cause });
  }
  return parseProfile(value, file);
}
