import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShownCommand } from '@veinledger/chaincode/replay';
import { commandIdOf } from '@veinledger/client/node';
import { commandRecord } from '@veinledger/client/wire';
import { byPlace, type ExportedCommand, type Manifest, manifest, MANIFEST } from './manifest.js';

/** What differs from what the export says of itself, or cannot be proven of it. */
export interface ExportFinding {
  readonly file: string;
  readonly what: string;
}

/** A command of an export as its files show it. */
export interface ReadCommand {
  readonly named: ExportedCommand;
  readonly shown: ShownCommand;
}

/** An export as it lies in its folder. */
export interface ReadExport {
  readonly manifest: Manifest;
  /** hexadecimal; whoever exported can be asked for it by another way */
  readonly manifestSha256: string;
  /** those that can be read, of the therapy and what they rest on, in the order of the ledger */
  readonly commands: readonly ReadCommand[];
  readonly findings: readonly ExportFinding[];
}

/**
 * Reads an export, with every file held against the digest that the manifest states, and every command against what the
 * manifest says of it. That shows accidents, and proves nothing of where it comes from.
 * @throws Error when the folder holds no manifest
 */
export async function readExport(directory: string): Promise<ReadExport> {
  const text = await readFile(join(directory, MANIFEST), 'utf8');
  const stated = manifest.parse(JSON.parse(text));
  const findings: ExportFinding[] = [...(await strayFiles(directory, stated))];
  for (const { path, sha256 } of stated.files) {
    const found = await digestOf(join(directory, path));
    if (found !== sha256) {
      findings.push({ file: path, what: `expected SHA-256 ${sha256}, found ${found}` });
    }
  }
  const commands: ReadCommand[] = [];
  for (const named of [...stated.commands, ...stated.evidence].sort(byPlace)) {
    try {
      commands.push({ named, shown: await readCommand(directory, named) });
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      findings.push({ file: named.jws, what });
    }
  }
  for (const named of stated.commands) {
    const scope = commands.find((each) => each.named === named)?.shown.receipt.scope;
    if (scope && (scope.kind !== 'therapy' || scope.id !== stated.coi)) {
      const what = `receipt's therapy: expected ${stated.coi}, found ${scope.kind} ${scope.id}`;
      findings.push({ file: named.receipt, what });
    }
  }
  const manifestSha256 = createHash('sha256').update(text).digest('hex');
  return { manifest: stated, manifestSha256, commands, findings };
}

async function readCommand(directory: string, named: ExportedCommand): Promise<ShownCommand> {
  const read = (path: string) => readFile(join(directory, path), 'utf8');
  const jws = await read(named.jws);
  const receipt = commandRecord.parse(JSON.parse(await read(named.receipt)));
  requireEqual('command id', named.id, commandIdOf(jws));
  requireEqual("receipt's command", named.id, receipt.commandId);
  requireEqual("receipt's type", named.type, receipt.type);
  requireEqual("receipt's actor", named.actor, receipt.actor);
  return { jws, receipt, block: named.block, index: named.index };
}

async function strayFiles(
  directory: string,
  { files }: Manifest,
): Promise<readonly ExportFinding[]> {
  const known = new Set([MANIFEST, ...files.map(({ path }) => path)]);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, '/').length))
    .filter((path) => !known.has(path))
    .map((file) => ({ file, what: 'the manifest names no such file' }));
}

async function digestOf(file: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch {
    return 'no file';
  }
}

function requireEqual(what: string, expected: string, found: string): void {
  if (expected !== found) throw new Error(`${what}: expected ${expected}, found ${found}`);
}
