import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeActorKeys } from '@veinledger/client/node';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import { foundAuthorities } from './authorities.js';
import { type DevelopmentConsortium, type FoundingMember, foundConsortium } from './consortium.js';
import type { Home } from './home.js';

/** Founds a development consortium below a directory: root, registrars' keys, authorities, wallet. */
export async function foundHome(
  home: Home,
  members: readonly FoundingMember[],
): Promise<DevelopmentConsortium> {
  const consortium = foundConsortium(members);
  const { certificates, wallet } = await foundAuthorities(members);
  await mkdir(home.registrars, { recursive: true, mode: 0o700 });
  await mkdir(home.authorities, { recursive: true });
  for (const { actor, keys } of consortium.registrars) {
    await writeActorKeys(join(home.registrars, `${actor}.json`), keys);
  }
  for (const [mspId, certificate] of Object.entries(certificates)) {
    await writeFile(join(home.authorities, `${mspId}.pem`), certificate);
  }
  await writeWallet(home.wallet, wallet);
  // the root comes last: where it stands, everything else does
  await writeFile(home.rootFile, `${JSON.stringify(consortium.root, undefined, 2)}\n`);
  return consortium;
}

/**
 * Founds a development consortium where there is none; tells whether it did.
 * @param members those of the profile that ships when left out
 */
export async function foundWhereMissing(
  home: Home,
  members?: readonly FoundingMember[],
): Promise<boolean> {
  if (existsSync(home.rootFile)) return false;
  await foundHome(home, members ?? (await loadProfile()).members);
  return true;
}
