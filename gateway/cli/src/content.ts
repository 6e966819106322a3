import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { wrongUsage } from './complaint.js';

/**
 * JSON as it was typed, or of a file that is named by `@FILE`.
 * @throws CliError 2 when there is no such file, or it is no JSON
 */
export async function readJson(field: string, text: string): Promise<unknown> {
  const file = text.startsWith('@') ? text.slice(1) : undefined;
  const content = file === undefined ? text : (await readBytes(field, file)).toString();
  try {
    return JSON.parse(content) as unknown;
  } catch {
    if (file !== undefined) throw wrongUsage(field, 'a file of JSON', file);
    throw wrongUsage(field, 'JSON, or @FILE', text);
  }
}

/**
 * The contents of annexes, each typed as `NAME=FILE`, by name.
 * @throws CliError 2 for what is not typed so, and for a file that is not there or no JSON
 */
export async function readAnnexes(
  typed: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries(await Promise.all(typed.map(readAnnex)));
}

async function readAnnex(text: string): Promise<readonly [string, unknown]> {
  const equals = text.indexOf('=');
  if (equals < 1) throw wrongUsage('--annex', 'NAME=FILE', text);
  const content = await readJson('--annex', `@${text.slice(equals + 1)}`);
  return [text.slice(0, equals), content];
}

/** @throws CliError 2 when there is no such file */
export async function readBytes(field: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    throw wrongUsage(field, 'a file that can be read', file);
  }
}

/** SHA-256 in base64url, as commands carry digests. */
export function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url');
}
