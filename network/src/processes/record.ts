import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../durable-file.js';
import { processStart } from './identity.js';

const recordSchema = z.strictObject({
  name: z.string(),
  pid: z.int().positive(),
  /** {@link processStart} of that pid when the process was started */
  start: z.string(),
  command: z.string(),
  args: z.array(z.string()),
});

/** A process that this launcher started: enough to find it again, and no other. */
export type ProcessRecord = z.infer<typeof recordSchema>;

/** Whether the very process of the record still lives. */
export function isAlive(record: ProcessRecord): boolean {
  return processStart(record.pid) === record.start;
}

/** The records of a network's processes, one file each. */
export class ProcessRecords {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Written in one step, so that no reader meets half a record. */
  write(record: ProcessRecord): void {
    mkdirSync(this.#dir, { recursive: true });
    writeDurably(this.#file(record.name), JSON.stringify(record, undefined, 2));
  }

  remove(name: string): void {
    rmSync(this.#file(name), { force: true });
  }

  /** The record of a process that lives, or undefined. */
  living(name: string): ProcessRecord | undefined {
    const record = this.find(name);
    return record !== undefined && isAlive(record) ? record : undefined;
  }

  /** The record of a process, living or dead. */
  find(name: string): ProcessRecord | undefined {
    return read(this.#file(name));
  }

  /**
   * Every record, of living and of dead processes.
   * @throws Error naming a file that is no record
   */
  all(): ProcessRecord[] {
    const files = ifThere(() => readdirSync(this.#dir)) ?? [];
    const records = files.filter((file) => file.endsWith('.json')).sort();
    return records.flatMap((file) => read(join(this.#dir, file)) ?? []);
  }

  #file(name: string): string {
    return join(this.#dir, `${name}.json`);
  }
}

/** A record, or undefined where there is none: another process may remove it at any moment. */
function read(path: string): ProcessRecord | undefined {
  const text = ifThere(() => readFileSync(path, 'utf8'));
  if (text === undefined) return undefined;
  const parsed = recordSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
