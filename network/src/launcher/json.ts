import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeDurably } from '../durable-file.js';

/** Writes a JSON file in one step, so that no reader meets half of it. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  writeDurably(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
