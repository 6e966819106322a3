import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { writeDurably } from '../durable-file.js';
import { authorityFiles, type Authority, type AuthorityKind } from './authority.js';

/** Who registers a member's identities; no role is called so, for a role has no dot. */
export const REGISTRAR = 'ca.registrar';

const SECRET_BYTES = 32;

/** The registrar's secret, which is made once and lies in the member's folder alone. */
export async function registrarSecret(authority: Authority): Promise<string> {
  const file = authorityFiles(authority).secret;
  if (!existsSync(file)) {
    await mkdir(authority.dir, { recursive: true, mode: 0o700 });
    writeDurably(file, randomBytes(SECRET_BYTES).toString('base64url'), 0o600);
  }
  return readFile(file, 'utf8');
}

/**
 * The secret of one identity, derived from the registrar's: an enrolment that was interrupted goes on, and a
 * renewal needs nothing that was kept.
 */
export function secretOf(registrar: string, kind: AuthorityKind, id: string): string {
  const derived = hkdfSync('sha256', registrar, '', `${kind}/${id}`, SECRET_BYTES);
  return Buffer.from(derived).toString('base64url');
}
