import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { PublicFiles } from '../plan/index.js';
import { memberSchema, type Member } from '../profile/index.js';

/** Written last into a public half, which is then whole. */
export const markOf = (half: PublicFiles) => join(half.dir, 'member.json');

/** The most that a public half weighs: a few certificates. */
const LARGEST_FILE = 64 * 1024;

/**
 * Reads whose public half a folder holds.
 * @throws NetworkError FILE_MISSING when it is none
 */
export async function ownerOfHalf(half: PublicFiles): Promise<Member> {
  const mark = markOf(half);
  try {
    return memberSchema.parse(JSON.parse(await readFile(mark, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? `\n${z.prettifyError(cause)}` : '';
    throw new NetworkError('FILE_MISSING', `${mark} cannot be read${why}`, { cause });
  }
}

/**
 * Copies a public half to where all members have it, once it is known to hold certificates alone.
 * @throws NetworkError FILE_MISSING when it is none; NETWORK_DIFFERS when it holds a private key or anything
 * else that belongs in none, is not of the member that was expected, or another was accepted before
 */
export async function acceptHalf(dir: string, expected: Member, to: PublicFiles): Promise<void> {
  const half = new PublicFiles(dir);
  const found = await ownerOfHalf(half);
  if (!isDeepStrictEqual(found, expected)) {
    const why = `${markOf(half)}: expected ${expected.id} as in the profile, found ${found.id}`;
    throw new NetworkError('NETWORK_DIFFERS', why);
  }
  const files = await filesOf(dir);
  if (existsSync(to.dir)) {
    await requireEqual(dir, to.dir, files);
    return;
  }
  const coming = `${to.dir}.new`;
  await rm(coming, { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(coming, file)), { recursive: true });
    await cp(join(dir, file), join(coming, file));
  }
  await rename(coming, to.dir);
}

const KNOWN =
  /^(member\.json|(ca|tlsca|orderer|cluster)-cert\.pem|msp\/(config\.yaml|(cacerts|tlscacerts|crls)\/[\w.-]+))$/;

async function filesOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries.filter((each) => !each.isDirectory())) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dir, path);
    const text = entry.isFile() && KNOWN.test(name) ? await readFile(path, 'utf8') : undefined;
    if (text === undefined || text.length > LARGEST_FILE || text.includes('PRIVATE KEY')) {
      const why = `${path}: expected certificates alone in a public half`;
      throw new NetworkError('NETWORK_DIFFERS', why);
    }
    names.push(name);
  }
  return names;
}

async function requireEqual(a: string, b: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const [one, other] = [join(a, file), join(b, file)];
    if (existsSync(other) && (await readFile(one)).equals(await readFile(other))) continue;
    throw new NetworkError('NETWORK_DIFFERS', `${other}: expected what lies in ${one}`);
  }
}
