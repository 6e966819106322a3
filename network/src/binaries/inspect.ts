import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/index.js';
import {
  isSupported,
  parseVersion,
  PROGRAMS,
  supportedVersions,
  type FabricVersion,
} from './versions.js';

/** Programs of Fabric that belong together. */
export interface Fabric extends FabricVersion {
  /** the folder that holds peer, orderer, configtxgen, cryptogen and osnadmin */
  readonly binDir: string;
  /** where it was found: `FABRIC_BIN`, `PATH`, `cache` or `built` */
  readonly source: FabricSource;
}

export type FabricSource = 'FABRIC_BIN' | 'PATH' | 'cache' | 'built';

/**
 * Checks a folder: every program is there, peer and orderer are of one supported version.
 * @throws Error saying what is missing or which version was found
 */
export async function inspectFabric(binDir: string, source: FabricSource): Promise<Fabric> {
  const missing: string[] = [];
  for (const program of PROGRAMS) {
    await access(join(binDir, program), constants.X_OK).catch(() => missing.push(program));
  }
  if (missing.length > 0) throw new Error(`${binDir} has no ${missing.join(', ')}`);
  const peer = await version(join(binDir, 'peer'));
  const orderer = await version(join(binDir, 'orderer'));
  if (peer.version !== orderer.version || peer.commit !== orderer.commit) {
    throw new Error(
      `${binDir} mixes versions: peer ${peer.version} ${peer.commit}, orderer ${orderer.version} ${orderer.commit}`,
    );
  }
  if (!isSupported(peer)) {
    const found = `${peer.version} (commit ${peer.commit})`;
    throw new Error(`${binDir}: expected Fabric ${supportedVersions()}, found ${found}`);
  }
  return { binDir, source, ...peer };
}

async function version(program: string): Promise<FabricVersion> {
  return parseVersion(await runCommand(program, ['version'], { env: {}, timeoutMs: 10_000 }));
}
