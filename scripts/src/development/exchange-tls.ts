import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificateAuthority, issueTlsCertificate } from '@veinledger/network/identities';
import type { FoundingMember } from '@veinledger/cli';

/** The files by which a development member's gateway takes part in the exchange of annexes. */
export interface ExchangeFiles {
  readonly mspId: string;
  /** public: handed to every other member */
  readonly tlsCa: string;
  readonly certificate: string;
  /** private: the member's gateway's own */
  readonly privateKey: string;
}

const PRIVATE = 0o600;
const LOOPBACK = '127.0.0.1';

/**
 * Makes a TLS authority for a member on this machine, whose key is not kept, and a certificate for its gateway.
 * @param folder the member's own folder
 */
export async function foundExchangeTls(
  { id, mspId }: FoundingMember,
  folder: string,
): Promise<ExchangeFiles> {
  const files = {
    mspId,
    tlsCa: join(folder, 'exchange', 'tls-ca.pem'),
    certificate: join(folder, 'exchange', 'cert.pem'),
    privateKey: join(folder, 'exchange', 'key.pem'),
  };
  const authority = await createCertificateAuthority(mspId, `tlsca.gateway.${id}.example`);
  const { certificate, privateKey } = await issueTlsCertificate({
    authority,
    commonName: `gateway.${id}.example`,
    ipAddresses: [LOOPBACK],
  });
  await mkdir(join(folder, 'exchange'), { recursive: true, mode: 0o700 });
  await writeFile(files.tlsCa, authority.certificate);
  await writeFile(files.certificate, certificate);
  await writeFile(files.privateKey, privateKey, { mode: PRIVATE });
  return files;
}
