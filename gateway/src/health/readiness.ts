import { randomUUID } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lifecycle } from './lifecycle.js';
import type { Ledger, SubmitterIdentity } from '@veinledger/ledger';
import { PRIVATE_FILE } from '@veinledger/ledger/storage';

/** What a gateway needs in order to serve. */
export type Part = 'lifecycle' | 'ledger' | 'disk' | 'wallet';

export interface ReadinessParts {
  readonly lifecycle: Pick<Lifecycle, 'closing'>;
  readonly ledger: Pick<Ledger, 'height'>;
  /** a folder that the gateway writes to */
  readonly folder: string;
  /** the identity by which the gateway itself reads */
  readonly reader: () => SubmitterIdentity;
}

/** How long the disk's answer counts, milliseconds: strangers may ask as often as they like. */
const DISK_ANSWER_MS = 2000;

/** Whether a gateway can serve, and which of its parts cannot. */
export class Readiness {
  readonly #parts: ReadinessParts;
  #disk: { readonly until: number; readonly writable: Promise<boolean> } | undefined;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** The parts that are not ready; none when the gateway can serve. */
  async missing(): Promise<readonly Part[]> {
    const { lifecycle, ledger, reader } = this.#parts;
    const reachable = ledger.height().then(
      () => true,
      () => false,
    );
    const checks: readonly (readonly [Part, boolean])[] = [
      ['lifecycle', !lifecycle.closing],
      ['ledger', await reachable],
      ['disk', await this.#writable()],
      ['wallet', holds(reader)],
    ];
    return checks.filter(([, ready]) => !ready).map(([part]) => part);
  }

  #writable(): Promise<boolean> {
    const now = Date.now();
    if (this.#disk === undefined || this.#disk.until < now) {
      this.#disk = { until: now + DISK_ANSWER_MS, writable: canWrite(this.#parts.folder) };
    }
    return this.#disk.writable;
  }
}

/** Writes and syncs a small file, as every command with an annex does. */
async function canWrite(folder: string): Promise<boolean> {
  const file = join(folder, `${randomUUID()}.probe.tmp`);
  try {
    const handle = await open(file, 'wx', PRIVATE_FILE);
    try {
      await handle.writeFile('ready');
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return true;
  } catch {
    return false;
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

function holds(reader: () => SubmitterIdentity): boolean {
  try {
    return Date.now() < endOf(reader().certificate);
  } catch {
    return false;
  }
}

/** When a certificate ends, ms since 1970; what cannot be read ended long ago. */
export function endOf(certificate: string): number {
  try {
    return Date.parse(new X509Certificate(certificate).validTo);
  } catch {
    return 0;
  }
}
