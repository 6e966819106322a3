import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { chaincodeCodeSchema } from '../code/index.js';
import { NetworkError } from '../errors.js';
import { HomeFiles } from '../plan/index.js';
import { profileSchema } from '../profile/index.js';

const manifestSchema = z.strictObject({
  v: z.literal(1),
  profile: profileSchema,
  portBase: z.int(),
  code: chaincodeCodeSchema,
});

/** What a network was made of; another profile, root or code is another network. */
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Reads what the network in a home folder was made of.
 * @returns undefined when none was made there, or not to the end
 * @throws NetworkError FILE_MISSING when the file is there but unreadable
 */
export async function readManifest(home: string): Promise<Manifest | undefined> {
  const file = new HomeFiles(home).manifest;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `${file} is damaged`, { cause });
  }
}

const NOUNS = {
  root: 'consortium root',
  node: 'Node version',
  bundle: "chaincode's bundle",
} as const;

/**
 * Refuses to go on with a network under another name.
 * @throws NetworkError NETWORK_DIFFERS naming each part, what the network was made of and what was found
 */
export function requireSame(home: string, made: Manifest, found: Manifest): void {
  const differences: string[] = [];
  for (const key of ['root', 'node', 'bundle'] as const) {
    if (made.code[key] !== found.code[key]) {
      const [expected, now] = [made.code[key], found.code[key]].map((text) => text.slice(0, 16));
      differences.push(`${NOUNS[key]}: expected ${expected ?? ''}, found ${now ?? ''}`);
    }
  }
  if (JSON.stringify(made.profile) !== JSON.stringify(found.profile)) {
    differences.push('profile: it is not the one that the network was made of');
  }
  if (made.portBase !== found.portBase) {
    differences.push(`first port: expected ${made.portBase}, found ${found.portBase}`);
  }
  if (differences.length > 0) {
    throw new NetworkError(
      'NETWORK_DIFFERS',
      `${home} holds a network made of something else (down --purge removes it). ${differences.join('; ')}`,
    );
  }
}
