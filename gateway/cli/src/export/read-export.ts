import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShownCommand } from '@veinledger/chaincode/replay';
import { commandIdOf } from '@veinledger/client/node';
import { commandRecord } from '@veinledger/client/wire';
import { byPlace, type ExportedCommand, type Manifest, manifest, MANIFEST } from './manifest.js';
import { parseWritten, readRegular } from './written-file.js';

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
  const text = await readRegular(join(directory, MANIFEST));
  const stated = manifest.parse(parseWritten(text));
  const findings: ExportFinding[] = [
    ...(await strayEntries(directory, stated)),
    ...repeatedIn(stated),
  ];
  for (const file of stated.files) {
    const found = await differenceOf(directory, file);
    if (found !== undefined) findings.push({ file: file.path, what: found });
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
  for (const { named, shown } of commands) {
    const { kind, id } = shown.receipt.scope;
    const ofTherapy = kind === 'therapy' && id === stated.coi;
    if (ofTherapy === stated.commands.includes(named)) continue;
    const expected = ofTherapy ? 'another than' : 'therapy';
    const what = `receipt's scope: expected ${expected} ${stated.coi}, found ${kind} ${id}`;
    findings.push({ file: named.receipt, what });
  }
  for (const what of twice(commands, ({ shown }) => `transaction ${shown.receipt.transactionId}`)) {
    findings.push({ file: MANIFEST, what });
  }
  const manifestSha256 = createHash('sha256').update(text).digest('hex');
  return { manifest: stated, manifestSha256, commands, findings };
}

async function readCommand(directory: string, named: ExportedCommand): Promise<ShownCommand> {
  const read = (path: string) => readRegular(join(directory, path));
  const jws = await read(named.jws);
  const receipt = commandRecord.parse(parseWritten(await read(named.receipt)));
  requireEqual('command id', named.id, commandIdOf(jws));
  requireEqual("receipt's command", named.id, receipt.commandId);
  requireEqual("receipt's type", named.type, receipt.type);
  requireEqual("receipt's actor", named.actor, receipt.actor);
  return { jws, receipt, block: named.block, index: named.index };
}

/** What lies in the folder beside the files that a command names, or in another way than as a file. */
async function strayEntries(
  directory: string,
  { files, commands, evidence }: Manifest,
): Promise<readonly ExportFinding[]> {
  const named = new Set(
    [...commands, ...evidence].flatMap(({ jws, receipt, keys }) => [jws, receipt, keys]),
  );
  const unnamed = files
    .filter(({ path }) => !named.has(path))
    .map(({ path }) => ({ file: path, what: 'no command of the manifest names this file' }));
  const known = new Set([MANIFEST, ...files.map(({ path }) => path)]);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const strays = entries.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name).slice(join(directory, '/').length);
    if (entry.isDirectory()) return [];
    if (!entry.isFile()) return [{ file, what: 'expected a file, found a link or a device' }];
    return known.has(file) ? [] : [{ file, what: 'the manifest names no such file' }];
  });
  return [...unnamed, ...strays];
}

/** A command, a place and a file of commands stand once in an export. */
function repeatedIn({ commands, evidence, files }: Manifest): readonly ExportFinding[] {
  const all = [...commands, ...evidence];
  return [
    ...twice(all, ({ id }) => `command ${id}`),
    ...twice(all, ({ block, index }) => `place ${block}.${index}`),
    ...twice(all, ({ jws }) => `file ${jws}`),
    ...twice(all, ({ receipt }) => `file ${receipt}`),
    ...twice(files, ({ path }) => `digest of ${path}`),
  ].map((what) => ({ file: MANIFEST, what }));
}

/** What several have in common that each should have for itself. */
function twice<T>(all: readonly T[], own: (each: T) => string): readonly string[] {
  const seen = new Set<string>();
  return all
    .map(own)
    .filter((each) => seen.size === seen.add(each).size)
    .map((each) => `${each}: expected once, found again`);
}

async function differenceOf(
  directory: string,
  { path, bytes, sha256 }: Manifest['files'][number],
): Promise<string | undefined> {
  let text: string;
  try {
    text = await readRegular(join(directory, path));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return `expected SHA-256 ${sha256}, found ${found}`;
  }
  const size = Buffer.byteLength(text);
  if (size !== bytes) return `expected ${bytes} bytes, found ${size}`;
  const found = createHash('sha256').update(text).digest('hex');
  return found === sha256 ? undefined : `expected SHA-256 ${sha256}, found ${found}`;
}

function requireEqual(what: string, expected: string, found: string): void {
  if (expected !== found) throw new Error(`${what}: expected ${expected}, found ${found}`);
}
