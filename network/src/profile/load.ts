import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { profileSchema, type Profile } from './schema.js';

/** The consortium that ships: six members, three peers, four ordering nodes. */
export const DEFAULT_PROFILE_FILE = fileURLToPath(
  new URL('../../profiles/consortium.json', import.meta.url),
);

/** The profiles that ship, by name. */
const SHIPPED = ['consortium', 'raft', 'programmes'] as const;

/** The file of a profile: one that ships when only its name is given, else the file itself. */
export function profileFile(nameOrFile: string): string {
  const shipped = SHIPPED.find((name) => name === nameOrFile);
  if (shipped === undefined) return nameOrFile;
  return fileURLToPath(new URL(`../../profiles/${shipped}.json`, import.meta.url));
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
    const shipped = `${SHIPPED.slice(0, -1).join(', ')} or ${SHIPPED.at(-1) ?? ''}`;
    const expected = `expected ${shipped}, which ship, or a file`;
    throw new NetworkError('FILE_MISSING', `profile ${file} cannot be read: ${expected}`, {
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new NetworkError('PROFILE_INVALID', `${file} is not JSON`, { cause });
  }
  return parseProfile(value, file);
}
