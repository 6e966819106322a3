import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { chaincodeStartSchema } from '../code/index.js';
import { writeDurably } from '../durable-file.js';
import type { MemberFiles } from '../plan/index.js';
import { processSpecSchema } from '../processes/index.js';

/** A process that the supervisor is to run, and what must hold before each start. */
const supervisedSchema = z.strictObject({
  spec: processSpecSchema,
  /** stays as it is, whoever else is started, until somebody asks for the other */
  wanted: z.enum(['running', 'stopped']),
  /** of a chaincode process: what its member approved */
  chaincode: chaincodeStartSchema.optional(),
});

export type Supervised = z.infer<typeof supervisedSchema>;

/** How it went with a process so far. */
const healthSchema = z.strictObject({
  /** how often it ended although it was to run */
  deaths: z.int(),
  /** why it is not started */
  refused: z.string().optional(),
});

export type Health = z.infer<typeof healthSchema>;

/** The supervised processes of one member, one file each. */
export class SupervisedProcesses {
  readonly #files: MemberFiles;

  constructor(files: MemberFiles) {
    this.#files = files;
  }

  /** @throws Error naming a file that is none of a supervised process */
  all(): Supervised[] {
    const dir = this.#files.processes;
    if (!existsSync(dir)) return [];
    const names = readdirSync(dir).filter((file) => file.endsWith('.json'));
    return names.sort().map((file) => read(join(dir, file), supervisedSchema));
  }

  find(name: string): Supervised | undefined {
    const file = this.#file(name);
    return existsSync(file) ? read(file, supervisedSchema) : undefined;
  }

  /** Writes what is to run; a process that was stopped stays so. */
  write(process: Omit<Supervised, 'wanted'>): Supervised {
    const supervised = { ...process, wanted: this.find(process.spec.name)?.wanted ?? 'running' };
    this.#write(supervised);
    return supervised;
  }

  /** Forgets a process, which the supervisor then stops. */
  remove(name: string): void {
    rmSync(this.#file(name), { force: true });
  }

  /** @returns whether there is such a process */
  want(name: string, wanted: Supervised['wanted']): boolean {
    const found = this.find(name);
    if (found === undefined) return false;
    this.#write({ ...found, wanted });
    return true;
  }

  health(name: string): Health {
    const file = join(this.#files.health, `${name}.json`);
    return existsSync(file) ? read(file, healthSchema) : { deaths: 0 };
  }

  writeHealth(name: string, health: Health): void {
    writeRecord(this.#files.health, name, health);
  }

  /** A process that is wanted anew is tried anew: an earlier refusal says nothing any more. */
  #write(supervised: Supervised): void {
    const { name } = supervised.spec;
    const { deaths, refused } = this.health(name);
    if (refused !== undefined) this.writeHealth(name, { deaths });
    writeRecord(this.#files.processes, supervised.spec.name, supervised);
  }

  #file(name: string): string {
    return join(this.#files.processes, `${name}.json`);
  }
}

function writeRecord(dir: string, name: string, value: unknown): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeDurably(join(dir, `${name}.json`), JSON.stringify(value, undefined, 2));
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
