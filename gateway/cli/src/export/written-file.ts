import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Far more than a command of 128 KiB, its receipt, or the manifest of thousands of them takes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** JSON as an export's files have it. */
export function indented(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * Parses a file that {@link indented} wrote: what is written otherwise (a member twice, say) may tell a reader of the
 * file something else than what is checked.
 * @throws Error when it is no JSON, or not as it was written
 */
export function parseWritten(text: string): unknown {
  const value: unknown = parsed(text);
  if (indented(value) === text) return value;
  throw new Error('expected JSON as an export writes it, found the same in another form');
}

/** Quotes nothing of the text: it may be no file of an export at all. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('expected JSON, found something else');
  }
}

/**
 * The text of a file that lies there itself: no link leads elsewhere, and nothing is waited for.
 * @throws Error when there is none, or one that no export writes
 */
export async function readRegular(file: string): Promise<string> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => undefined);
  if (handle === undefined) throw new Error('no file');
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error('no file');
    if (stat.size > MAX_BYTES) throw new Error(`a file of ${stat.size} bytes`);
    const content = await handle.readFile();
    if (!isUtf8(content)) throw new Error('bytes that are no UTF-8');
    return content.toString();
  } finally {
    await handle.close();
  }
}
