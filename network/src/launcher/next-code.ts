import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { bundleChaincode, describeCode, packageChaincode } from '../code/index.js';
import { NetworkError } from '../errors.js';
import { HomeFiles } from '../plan/index.js';
import { OWN_CHAINCODE, writeCode } from './found.js';
import { writeJson } from './json.js';
import type { CommittedDefinition } from './lifecycle.js';
import type { ChannelManifest, Manifest } from './manifest.js';

/** What a channel is to be upgraded to. */
export interface WantedCode {
  /** the built package that exports `contracts`; the chaincode beside this package when left out */
  readonly chaincodeDir?: string | undefined;
  /** of the definition; the package's own when left out */
  readonly version?: string | undefined;
  /** what the members agreed on: any other is refused */
  readonly packageId?: string | undefined;
}

const aboutSchema = z.object({
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'expected major.minor.patch'),
});

/**
 * Bundles what a channel is upgraded to and notes it in the manifest, unless that was begun before. A home that
 * others went on without takes up what is committed by then, however many definitions came before that.
 * @param committed what the channel runs
 * @returns the manifest, whose channel has no `next` when it runs that code already
 * @throws NetworkError CODE_NOT_APPROVED when members agreed on another package; NETWORK_DIFFERS when an
 * upgrade to other code is under way, or others went on to another version; FILE_MISSING
 */
export async function noteNextCode(
  home: string,
  manifest: Manifest,
  channel: ChannelManifest,
  wanted: WantedCode,
  committed: CommittedDefinition | undefined,
): Promise<Manifest> {
  const { shared } = new HomeFiles(home);
  const files = shared.channel(channel.name);
  const chaincodeDir = resolve(wanted.chaincodeDir ?? OWN_CHAINCODE);
  const bundle = await bundleChaincode(chaincodeDir);
  const code = await describeCode(bundle, files.root);
  const version = wanted.version ?? (await versionOf(chaincodeDir));
  const built = await packageChaincode(manifest.profile.chaincode.name, version, code);
  if (wanted.packageId !== undefined && wanted.packageId !== built.id) {
    throw new NetworkError(
      'CODE_NOT_APPROVED',
      `${channel.name}: expected ${wanted.packageId}, found that ${chaincodeDir} makes ${built.id}`,
    );
  }
  const { sequence, next } = channel;
  const ahead = committed !== undefined && committed.sequence > sequence ? committed : undefined;
  const found = { version, sequence: ahead?.sequence ?? sequence + 1, code };
  // what others went past is under way no more
  if (next !== undefined && next.sequence >= found.sequence) {
    if (isDeepStrictEqual(next, found)) return manifest;
    throw new NetworkError(
      'NETWORK_DIFFERS',
      `${channel.name} is being upgraded to other code: expected bundle ${next.code.bundle}, version ${next.version}, found ${code.bundle}, version ${version}`,
    );
  }
  if (ahead !== undefined && ahead.version !== version) {
    throw new NetworkError(
      'NETWORK_DIFFERS',
      `${channel.name}: expected version ${ahead.version}, which is committed at sequence ${ahead.sequence}, found version ${version} in ${chaincodeDir}`,
    );
  }
  const runs =
    ahead === undefined && isDeepStrictEqual([channel.version, channel.code], [version, code]);
  if (runs) return manifest;
  await writeCode(files.code(found.sequence), bundle, built);
  const noted = withChannel(manifest, { ...channel, next: found });
  await writeJson(shared.manifest, noted);
  return noted;
}

/** A manifest with one of its channels replaced. */
export function withChannel(manifest: Manifest, changed: ChannelManifest): Manifest {
  const channels = manifest.channels.map((each) => (each.name === changed.name ? changed : each));
  return { ...manifest, channels };
}

async function versionOf(chaincodeDir: string): Promise<string> {
  const file = join(chaincodeDir, 'package.json');
  try {
    return aboutSchema.parse(JSON.parse(await readFile(file, 'utf8'))).version;
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `${file} tells no version`, { cause });
  }
}
