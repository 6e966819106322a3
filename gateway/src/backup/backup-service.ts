import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
import { type BackupOptions, type BackupParts, backUp } from './back-up.js';
import type { Manifest } from './manifest.js';

/** What a backup may be called: a plain folder name, and not that of one that is not complete. */
export const backupName = z
  .string()
  .regex(/^(?!.*\.partial$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'a plain folder name');

/** Makes a gateway's backups below one folder, one at a time. */
export class BackupService {
  readonly #parts: BackupParts;
  readonly #folder: string;
  readonly #stopping = new AbortController();
  #underWay: Promise<Manifest> | undefined;

  constructor(parts: BackupParts, folder: string) {
    this.#parts = parts;
    this.#folder = folder;
  }

  /**
   * Backs up into a new folder of that name.
   * @throws ProblemError 400 INVALID_REQUEST, 409 BACKUP_EXISTS or BACKUP_UNDER_WAY, 507 BACKUP_FAILED
   */
  async make(name: string, options: BackupOptions = {}): Promise<Manifest> {
    if (!backupName.safeParse(name).success) throw badName(name);
    const directory = join(this.#folder, name);
    if (existsSync(directory)) throw conflict('BACKUP_EXISTS', 'there is a backup of that name');
    if (this.#underWay) throw conflict('BACKUP_UNDER_WAY', 'another backup is being made');
    const stop = this.#stopping.signal;
    const signal = options.signal ? AbortSignal.any([options.signal, stop]) : stop;
    this.#underWay = backUp(this.#parts, directory, { ...options, signal });
    try {
      return await this.#underWay;
    } catch (cause) {
      throw failed(cause);
    } finally {
      this.#underWay = undefined;
    }
  }

  /** Gives up a backup that is being made; what there is of it is removed. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the gateway is stopping'));
    await this.#underWay?.catch(() => undefined);
  }
}

function badName(found: string): ProblemError {
  return new ProblemError({
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'the name of a backup is a plain folder name',
    field: 'body.directory',
    expected:
      '1 to 100 letters, digits, dots, hyphens and underscores, none of the last three first',
    found: found.slice(0, 100),
  });
}

function conflict(code: string, detail: string): ProblemError {
  return new ProblemError({ status: 409, code, detail, field: 'body.directory' });
}

function failed(cause: unknown): ProblemError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const detail = 'the backup was not made; nothing of it is left';
  return new ProblemError({ status: 507, code: 'BACKUP_FAILED', detail, found: code }, { cause });
}
