import { HeldDatabase, presentFormat, type UpgradeProgress } from '@veinledger/ledger/storage';
import type { KeptDatabase } from './kept-databases.js';

export interface UpgradeOptions {
  /** tells what is missing, and changes nothing */
  readonly dryRun?: boolean;
  /** told which database is upgraded next */
  readonly onBegin?: (database: UpgradedDatabase) => void;
  readonly onProgress?: (progress: UpgradeProgress) => void;
}

/** What an upgrade did to a database, or would do. */
export interface UpgradedDatabase {
  readonly name: string;
  readonly folder: string;
  readonly programme?: string;
  /** the format in which it was found; left out where there is no database yet */
  readonly from?: number;
  readonly to: number;
  /** what each step does that leads there */
  readonly steps: readonly string[];
  /** the folder of the database as it was; left out where nothing was done */
  readonly copy?: string;
}

/**
 * Brings databases to the formats of this version, one after the other, each after a copy. All are held before the first
 * one is changed. One that was cut off, at any moment, goes on where it is called again.
 * @throws Error when somebody has one open, a later version wrote it, or it cannot be read, copied or written
 */
export async function upgradeDatabases(
  databases: readonly KeptDatabase[],
  options: UpgradeOptions = {},
): Promise<readonly UpgradedDatabase[]> {
  await using holding = new AsyncDisposableStack();
  const found: (readonly [KeptDatabase, HeldDatabase | undefined])[] = [];
  for (const database of databases) {
    const held = await HeldDatabase.take(database.kind, database.folder);
    holding.defer(() => held?.release());
    found.push([database, held]);
  }
  const upgraded: UpgradedDatabase[] = [];
  for (const [database, held] of found) upgraded.push(await upgrade(database, held, options));
  return upgraded;
}

async function upgrade(
  { kind, folder, programme }: KeptDatabase,
  held: HeldDatabase | undefined,
  { dryRun = false, onBegin, onProgress = () => undefined }: UpgradeOptions,
): Promise<UpgradedDatabase> {
  const missing = {
    name: kind.name,
    folder,
    ...(programme === undefined ? {} : { programme }),
    ...(held === undefined ? {} : { from: held.found }),
    to: presentFormat(kind),
    steps: held?.missing.map(({ says }) => says) ?? [],
  };
  if (held === undefined || missing.steps.length === 0 || dryRun) return missing;
  onBegin?.(missing);
  const copy = await held.upgrade(onProgress);
  return { ...missing, ...(copy === undefined ? {} : { copy }) };
}
