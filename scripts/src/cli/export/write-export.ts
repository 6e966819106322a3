import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keyIds, type PublicKeys, publicKeysSchema, toJwks } from '@veinledger/chaincode/domain';
import { committedCommand } from '@veinledger/client/wire';
import { z } from 'zod';
import type { Session } from '../session.js';
import { readTrace } from '../therapy-trace.js';
import { type Manifest, MANIFEST } from './manifest.js';

/**
 * Writes every signed command of a therapy as it stands in its block, with receipts and the actors' public keys.
 * The folder appears when it is complete.
 * @param directory must not exist
 */
export async function writeExport(
  session: Session,
  actor: string,
  coi: string,
  directory: string,
): Promise<Manifest> {
  const { network } = await session.root();
  const { records } = await readTrace(session, actor, coi);
  const contents = new Map<string, string>();
  const commands: Manifest['commands'] = [];
  for (const [index, { commandId: id, type, actor: by }] of records.entries()) {
    const answer = await session.read(actor, `/v1/commands/${id}`);
    const { jws, receipt } = committedCommand.parse(answer);
    const name = `${String(index + 1).padStart(4, '0')}-${id}`;
    const files = {
      jws: `commands/${name}.jws.json`,
      receipt: `receipts/${name}.json`,
      keys: `keys/${by}.jwks.json`,
    };
    contents.set(files.jws, jws);
    contents.set(files.receipt, indented(receipt));
    if (!contents.has(files.keys)) {
      contents.set(files.keys, indented(jwksOf(await keysOf(session, actor, by))));
    }
    commands.push({ id, type, actor: by, ...files });
  }
  const made: Manifest = {
    v: 1,
    network,
    coi,
    exportedAt: new Date().toISOString(),
    exportedBy: actor,
    commands,
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

async function keysOf(session: Session, reader: string, actor: string): Promise<PublicKeys> {
  const answer = await session.read(reader, `/v1/actors/${actor}`);
  return z.looseObject({ keys: publicKeysSchema }).parse(answer).keys;
}

/** A JWK set with both keys; each names the algorithm that it signs by. */
function jwksOf(keys: PublicKeys) {
  const jwks = toJwks(keys);
  const kids = keyIds(keys);
  return {
    keys: [
      { ...jwks.ed25519, alg: 'EdDSA', use: 'sig', kid: kids.ed25519 },
      { ...jwks.mlDsa65, use: 'sig', kid: kids.mlDsa65 },
    ],
  };
}

function indented(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
