import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '@veinledger/ledger/embedded/certificates.fixture';
import type { SubmitterIdentity } from '@veinledger/ledger';

/** A wallet's folder with identities of real certificates, which hold from 2026 until 2036. */
export interface WalletFolder {
  readonly directory: string;
  /** Writes a new identity under `<MSP id>/<label>`, or one in the place of another's. */
  issue(mspId: string, label: string): Promise<SubmitterIdentity>;
  remove(): Promise<void>;
}

export async function walletFolder(
  directory?: string,
  names: readonly (readonly [mspId: string, label: string])[] = [],
): Promise<WalletFolder> {
  const folder = directory ?? (await mkdtemp(join(tmpdir(), 'veinledger-wallet-')));
  const authority = await createAuthority('ca.example');
  const issue = async (mspId: string, label: string) => {
    const identity = await authority.issue(mspId);
    const place = join(folder, mspId, label);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'cert.pem'), identity.certificate);
    await writeFile(join(place, 'key.pem'), identity.privateKey);
    return identity;
  };
  for (const [mspId, label] of names) await issue(mspId, label);
  return { directory: folder, issue, remove: () => rm(folder, { recursive: true }) };
}
