import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { keyIds, type PublicKeys, toJwks } from '@veinledger/domain';
import { replayReceipts, type ReplayedReceipt } from '@veinledger/chaincode/replay';
import type { Session } from '../session.js';
import { type GatheredCommand, gatherCommands } from './gather.js';
import { type ExportedCommand, type Manifest, MANIFEST } from './manifest.js';
import { indented } from './written-file.js';

/**
 * Writes every signed command of a therapy as it stands in its block, with receipts, with the commands that they rest on
 * (who was enrolled by whom, up to the founding), and the keys that their signers had then. The folder appears when it is
 * complete.
 * @param directory must not exist
 */
export async function writeExport(
  session: Session,
  actor: string,
  coi: string,
  directory: string,
): Promise<Manifest> {
  const root = await session.root();
  const gathered = await gatherCommands(session, actor, coi);
  const replayed = await replayReceipts(gathered, { root, verifier: nativeVerifier });
  const contents = new Map<string, string>();
  const commands: ExportedCommand[] = [];
  const evidence: ExportedCommand[] = [];
  for (const [at, command] of gathered.entries()) {
    const list = command.ofTherapy ? commands : evidence;
    list.push(addCommand(contents, command, replayed[at], list.length + 1));
  }
  const made: Manifest = {
    v: 3,
    network: root.network,
    coi,
    exportedAt: new Date().toISOString(),
    exportedBy: actor,
    commands,
    evidence,
    files: [...contents].map(([path, content]) => ({
      path,
      bytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  };
  contents.set(MANIFEST, indented(made));
  await writeAll(directory, contents);
  return made;
}

/** Adds a command's files to the contents. */
function addCommand(
  contents: Map<string, string>,
  { jws, receipt, block, index, ofTherapy }: GatheredCommand,
  replayed: ReplayedReceipt | undefined,
  number: number,
): ExportedCommand {
  const { commandId: id, type, actor } = receipt;
  const name = `${String(number).padStart(4, '0')}-${id}`;
  const files = {
    jws: `${ofTherapy ? 'commands' : 'evidence'}/${name}.jws.json`,
    receipt: `receipts/${name}.json`,
  };
  contents.set(files.jws, jws);
  contents.set(files.receipt, indented(receipt));
  const shown = { id, type, actor, block, index, ...files };
  if (replayed?.keys === undefined) return shown;
  const keys = keysFileOf(actor, replayed.keys);
  contents.set(keys, indented(jwksOf(replayed.keys)));
  return { ...shown, keys };
}

async function writeAll(directory: string, contents: ReadonlyMap<string, string>): Promise<void> {
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  for (const [path, content] of contents) {
    const file = join(partial, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode: 0o600 });
  }
  await rename(partial, directory);
}

/** A file for each pair of keys that an actor ever had. */
function keysFileOf(actor: string, keys: PublicKeys): string {
  return `keys/${actor}.${keyIds(keys).ed25519}.jwks.json`;
}

/** A JWK set with both keys; each names the algorithm that it signs by. */
export function jwksOf(keys: PublicKeys) {
  const jwks = toJwks(keys);
  const kids = keyIds(keys);
  return {
    keys: [
      { ...jwks.ed25519, alg: 'EdDSA', use: 'sig', kid: kids.ed25519 },
      { ...jwks.mlDsa65, use: 'sig', kid: kids.mlDsa65 },
    ],
  };
}
