import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  revocationList,
  revokeCertificate,
  withAuthority,
  writeInOneStep,
} from '../authority/index.js';
import { NetworkError } from '../errors.js';
import { openCredentials, type CredentialsOptions } from './credentials.js';
import { withLock } from './lock.js';

export interface TlsRevocationOptions extends CredentialsOptions {
  /** the id of a member whose keys lie in the home */
  readonly member: string;
  /** path of a certificate to revoke, PEM; none when left out: the list is signed anew */
  readonly certificate?: string;
}

/**
 * Has a member's authority for TLS revoke a certificate, and writes its revocation list, which gateways that exchange
 * annexes hold certificates against.
 * @returns path of the list, PEM
 * @throws NetworkError FILE_MISSING, IDENTITY_UNKNOWN, COMMAND_FAILED, NODE_FAILED, HOME_LOCKED
 */
export async function writeTlsRevocationList(options: TlsRevocationOptions): Promise<string> {
  const { member: id, certificate: file, log = () => undefined } = options;
  const stolen = file === undefined ? undefined : await read(file);
  const [member] = (await openCredentials(options, id)).members;
  if (member === undefined) throw new NetworkError('IDENTITY_UNKNOWN', `no member ${id}`);
  const { authority, certificates, plan } = member;
  const list = plan.files.tlsRevocationList;
  return withLock(resolve(options.home), async () => {
    const identities = certificates.map(({ enrolment }) => enrolment);
    await withAuthority(authority, plan.files.records, identities, async () => {
      if (stolen !== undefined) await revokeCertificate(authority, 'tlsca', stolen);
      await writeInOneStep(list, await revocationList(authority, 'tlsca'));
    });
    if (file !== undefined) log(`${id}: ${file} is revoked`);
    log(`${id}: hand ${list} to the other members' gateways`);
    return list;
  });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `${file} cannot be read`, { cause });
  }
}
