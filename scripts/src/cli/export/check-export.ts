import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { parseJws, publicKeysSchema, readEnvelope, verifyJws } from '@veinledger/chaincode/domain';
import { receipt } from '@veinledger/client/wire';
import { z } from 'zod';
import { type Manifest, manifest, MANIFEST } from './manifest.js';

/** What differs from what the export says of itself. */
export interface ExportFinding {
  readonly file: string;
  readonly what: string;
}

/** What became of the check of an export. */
export interface ExportReport {
  readonly coi: string;
  readonly commands: number;
  readonly files: number;
  /** hexadecimal; whoever exported can be asked for it by another way */
  readonly manifestSha256: string;
  readonly findings: readonly ExportFinding[];
}

const jwkSet = z.strictObject({
  keys: z.tuple([
    z.looseObject({ kty: z.literal('OKP'), x: z.string() }),
    z.looseObject({ kty: z.literal('AKP'), pub: z.string() }),
  ]),
});

/**
 * Checks an export without a gateway: every file's digest, every command's two signatures, and that receipts and
 * manifest tell of the very commands. That the ledger holds no more of the therapy, an export cannot show.
 * @throws Error when the folder holds no manifest
 */
export async function checkExport(directory: string): Promise<ExportReport> {
  const text = await readFile(join(directory, MANIFEST), 'utf8');
  const stated = manifest.parse(JSON.parse(text));
  const findings: ExportFinding[] = [...(await strayFiles(directory, stated))];
  for (const { path, sha256 } of stated.files) {
    const found = await digestOf(join(directory, path));
    if (found !== sha256) {
      findings.push({ file: path, what: `expected SHA-256 ${sha256}, found ${found}` });
    }
  }
  for (const command of stated.commands) {
    try {
      await requireCommand(directory, stated, command);
    } catch (error) {
      findings.push({ file: command.jws, what: messageOf(error) });
    }
  }
  return {
    coi: stated.coi,
    commands: stated.commands.length,
    files: stated.files.length,
    manifestSha256: createHash('sha256').update(text).digest('hex'),
    findings,
  };
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

async function requireCommand(
  directory: string,
  stated: Manifest,
  command: Manifest['commands'][number],
): Promise<void> {
  const read = (path: string) => readFile(join(directory, path), 'utf8');
  const parsed = parseJws(await read(command.jws), 'vnd.veinledger.command+jws');
  requireEqual('command id', command.id, parsed.payloadDigest);
  const [ed25519, mlDsa65] = jwkSet.parse(JSON.parse(await read(command.keys))).keys;
  const keys = publicKeysSchema.parse({ ed25519: ed25519.x, mlDsa65: mlDsa65.pub });
  await verifyJws(parsed, keys, nativeVerifier);
  const envelope = readEnvelope(parsed.payload, stated.network, command.type);
  requireEqual('actor', command.actor, envelope.actor);
  const told = receipt.parse(JSON.parse(await read(command.receipt)));
  requireEqual("receipt's command", command.id, told.commandId);
  requireEqual("receipt's type", command.type, told.type);
  requireEqual("receipt's actor", command.actor, told.actor);
  requireEqual("receipt's therapy", stated.coi, told.scope.id);
}

function requireEqual(what: string, expected: string, found: string): void {
  if (expected !== found) throw new Error(`${what}: expected ${expected}, found ${found}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
