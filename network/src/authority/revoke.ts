import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateNumber } from '../identities/index.js';
import type { Authority } from './authority.js';
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
      const { serial, authorityKey } = certificateNumber(await readFile(join(store, name), 'utf8'));
      const which = ['--revoke.serial', serial, '--revoke.aki', authorityKey];
      const args = ['revoke', ...which, '--revoke.reason', 'keycompromise'];
      await callAuthority(authority, { ...call, args });
    }
    return found.length;
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

/**
 * The list of what an authority has revoked and has not ended by itself, signed by the authority.
 * @returns PEM
 * @throws NetworkError COMMAND_FAILED
 */
export async function revocationList(authority: Authority): Promise<string> {
  const home = await registrarHome(authority, 'ca');
  await callAuthority(authority, { kind: 'ca', home, args: ['gencrl'] });
  return readFile(join(home, 'msp', 'crls', 'crl.pem'), 'utf8');
}
