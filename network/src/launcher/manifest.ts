import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { chaincodeCodeSchema } from '../code/index.js';
import { NetworkError } from '../errors.js';
import { HomeFiles, planNetwork, withPorts, type Plan } from '../plan/index.js';
import { profileSchema, type Profile } from '../profile/index.js';

const definition = {
  version: z.string(),
  /** how often a definition of the chaincode was committed */
  sequence: z.int().min(1),
  code: chaincodeCodeSchema,
};

const VERSION = 2;

const manifestSchema = z.strictObject({
  v: z.literal(VERSION),
  /** whether each member makes its own keys and starts its own nodes, on whatever machine */
  apart: z.boolean().default(false),
  /** every member with its first port */
  profile: profileSchema,
  channels: z.array(
    z.strictObject({
      name: z.string(),
      ...definition,
      /** what it is upgraded to, until that is committed */
      next: z.strictObject(definition).optional(),
    }),
  ),
});

/** What a network was made of; another profile, root or code is another network. */
export type Manifest = z.infer<typeof manifestSchema>;

export type ChannelManifest = Manifest['channels'][number];

/** Lays out the network of a manifest, with the chaincode processes that it has now. */
export function planOf({ profile, channels }: Manifest, home: string): Plan {
  const sequences = channels.map(({ name, sequence, next }): [string, number[]] => [
    name,
    next === undefined ? [sequence] : [sequence, next.sequence],
  ]);
  return planNetwork(profile, home, Object.fromEntries(sequences));
}

/**
 * Reads what the network in a home folder was made of.
 * @returns undefined when none was made there, or not to the end
 * @throws NetworkError FILE_MISSING when the file is there but unreadable
 */
export async function readManifest(home: string): Promise<Manifest | undefined> {
  return readManifestFile(new HomeFiles(home).shared.manifest);
}

/** Reads what a network was made of, from a file that was handed over. */
export async function readManifestFile(file: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const made: unknown = JSON.parse(text);
    requireVersion(file, made);
    return manifestSchema.parse(made);
  } catch (cause) {
    if (cause instanceof NetworkError) throw cause;
    throw new NetworkError('FILE_MISSING', `${file} is damaged`, { cause });
  }
}

function requireVersion(file: string, made: unknown): void {
  const found = z.looseObject({ v: z.int() }).safeParse(made).data?.v ?? VERSION;
  if (found === VERSION) return;
  const why =
    found > VERSION
      ? 'a later version wrote it'
      : 'a network of that version cannot be carried on: the version that made it takes it down';
  throw new NetworkError('FILE_MISSING', `${file}: expected v ${VERSION}, found ${found}: ${why}`);
}

/**
 * Reads what the network in a home folder was made of.
 * @throws NetworkError FILE_MISSING when the home folder has no network
 */
export async function requireManifest(home: string): Promise<Manifest> {
  const made = await readManifest(home);
  if (made === undefined) throw new NetworkError('FILE_MISSING', `${home} has no network`);
  return made;
}

/** What a start asks for of a network that was made before; what is left out is as it was made. */
export interface Wanted {
  readonly profile?: Profile | undefined;
  readonly portBase?: number | undefined;
  /** digests of consortium roots by channel */
  readonly roots: Readonly<Record<string, string>>;
}

/**
 * Refuses to go on with a network under another name.
 * @throws NetworkError NETWORK_DIFFERS naming each part, what the network was made of and what was found
 */
export function requireSame(
  home: string,
  made: Manifest,
  { profile, portBase, roots }: Wanted,
): void {
  const differences = made.channels.flatMap(({ name, code }) => {
    const found = roots[name] ?? code.root;
    if (found === code.root) return [];
    const [expected, now] = [code.root, found].map((text) => text.slice(0, 16));
    return [`consortium root of ${name}: expected ${expected ?? ''}, found ${now ?? ''}`];
  });
  const first = made.profile.portBase;
  if (portBase !== undefined && portBase !== first) {
    differences.push(`first port: expected ${first}, found ${portBase}`);
  }
  if (profile !== undefined && !isDeepStrictEqual(made.profile, withPorts(profile, first))) {
    differences.push('profile: it is not the one that the network was made of');
  }
  if (differences.length > 0) {
    throw new NetworkError(
      'NETWORK_DIFFERS',
      `${home} holds a network made of something else (down --purge removes it). ${differences.join('; ')}`,
    );
  }
}
