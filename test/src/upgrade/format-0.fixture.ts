import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { editLevel } from '../support/edit-level.js';

/** Under what earlier versions kept an answer, and what they kept of the request: digests that anybody can compute. */
export interface UnkeyedDigests {
  readonly place: string;
  readonly request: string;
}

const entry = z.looseObject({ request: z.string() });

/**
 * Takes a gateway's state, which nobody has open, back to format 0, as earlier versions left it: it says no format, and
 * the one answer that it keeps stands under digests that need no key.
 * @throws Error when it keeps no answer, or several
 */
export async function takeStateBack(
  folder: string,
  { place, request }: UnkeyedDigests,
): Promise<void> {
  const db = new ClassicLevel(folder, { createIfMissing: false });
  try {
    const keyed = db.sublevel('idempotency-keyed');
    const [kept, ...others] = await keyed.values().all();
    if (kept === undefined || others.length > 0) throw new Error(`${folder}: expected one answer`);
    const unkeyed = { ...entry.parse(JSON.parse(kept)), request };
    await db.sublevel('idempotency').put(place, JSON.stringify(unkeyed));
    await keyed.clear();
    await db.sublevel('format').clear();
  } finally {
    await db.close();
  }
}

/** Takes an embedded ledger, which nobody has open, back to format 0: it says whose it is, and no format. */
export function takeLedgerBack(folder: string): Promise<void> {
  return editLevel(folder, 'meta', 'identity', (text) => {
    const { channel, organisation } = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify({ channel, organisation });
  });
}

/** Everything that the files of a folder hold. */
export async function bytesIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  const files = names.map((name) => readFile(join(folder, name), 'latin1'));
  return (await Promise.all(files)).join('');
}

/** What a database holds by key, opened as no kind of its own; without what upgrades note for themselves. */
export async function contentOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const db = new ClassicLevel(folder, { createIfMissing: false });
  try {
    const entries = await db.iterator().all();
    return Object.fromEntries(entries.filter(([key]) => !key.startsWith('!upgrade!')));
  } finally {
    await db.close();
  }
}
