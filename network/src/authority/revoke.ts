import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateNumber } from '../identities/index.js';
import type { Authority, AuthorityKind } from './authority.js';
import { callAuthority } from './client.js';
import { registrarHome } from './enrol.js';

/**
 * Revokes every certificate of an identity that is still valid. The identity itself stays known: its owner may
 * have a new key certified.
 * @returns how many certificates were revoked
 * @throws NetworkError COMMAND_FAILED when the authority does not know it
 */
export async function revokeCertificates(authority: Authority, id: string): Promise<number> {
  const home = await registrarHome(authority, 'ca');
  const call = { kind: 'ca', home } as const;
  const store = await mkdtemp(join(authority.dir, 'revoking-'));
  try {
    const valid = ['--id', id, '--notrevoked', '--notexpired', '--store', store];
    await callAuthority(authority, { ...call, args: ['certificate', 'list', ...valid] });
    const found = await readdir(store);
    for (const name of found) {
      await revokeCertificate(authority, 'ca', await readFile(join(store, name), 'utf8'));
    }
    return found.length;
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

/**
 * Revokes one certificate, as of a key that others have.
 * @param certificate PEM
 * @throws NetworkError COMMAND_FAILED when the authority did not certify it
 */
export async function revokeCertificate(
  authority: Authority,
  kind: AuthorityKind,
  certificate: string,
): Promise<void> {
  const home = await registrarHome(authority, kind);
  const { serial, authorityKey } = certificateNumber(certificate);
  const which = ['--revoke.serial', serial, '--revoke.aki', authorityKey];
  const args = ['revoke', ...which, '--revoke.reason', 'keycompromise'];
  await callAuthority(authority, { kind, home, args });
}

/**
 * The list of what an authority has revoked and has not ended by itself, signed by the authority.
 * @returns PEM
 * @throws NetworkError COMMAND_FAILED
 */
export async function revocationList(authority: Authority, kind: AuthorityKind): Promise<string> {
  const home = await registrarHome(authority, kind);
  await callAuthority(authority, { kind, home, args: ['gencrl'] });
  return readFile(join(home, 'msp', 'crls', 'crl.pem'), 'utf8');
}
