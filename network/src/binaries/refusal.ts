import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A download that was refused is not tried again for a day. */
export const REFUSAL_MS = 24 * 3600 * 1000;

const refusalSchema = z.strictObject({ at: z.iso.datetime(), reason: z.string() });

/** That a module could not be downloaded, when, and what the module proxy said. */
export type Refusal = z.infer<typeof refusalSchema>;

/** A module that the proxy does not give, now or in a minute. */
export class ModuleRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ModuleRefused';
  }
}

/**
 * Reads the refusal that is remembered beside a build's place in the cache.
 * @returns undefined when none is, or it is older than {@link REFUSAL_MS}
 */
export async function rememberedRefusal(target: string): Promise<Refusal | undefined> {
  const text = await readFile(fileOf(target), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = refusalSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const age = Date.now() - Date.parse(parsed.data.at);
  return age >= 0 && age < REFUSAL_MS ? parsed.data : undefined;
}

export async function rememberRefusal(target: string, reason: string): Promise<void> {
  const refusal: Refusal = { at: new Date().toISOString(), reason };
  await mkdir(dirname(target), { recursive: true });
  await writeFile(fileOf(target), `${JSON.stringify(refusal)}\n`);
}

export async function forgetRefusal(target: string): Promise<void> {
  await rm(fileOf(target), { force: true });
}

function fileOf(target: string): string {
  return `${target}.refused.json`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
