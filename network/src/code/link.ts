import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificateAuthority, issueTlsCertificate } from '../identities/index.js';
import type { ChaincodePlan, PeerPlan } from '../plan/index.js';

/** Files with which a peer and its chaincode process know each other over mutual TLS. */
export interface ChaincodeLink {
  readonly authority: string;
  readonly serverCertificate: string;
  readonly serverKey: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

export function chaincodeLink(peer: PeerPlan, chaincode: ChaincodePlan): ChaincodeLink {
  const dir = peer.files.config(chaincode.name);
  return {
    authority: join(dir, 'ca-cert.pem'),
    serverCertificate: join(dir, 'server-cert.pem'),
    serverKey: join(dir, 'server-key.pem'),
    clientCertificate: join(dir, 'client-cert.pem'),
    clientKey: join(dir, 'client-key.pem'),
  };
}

/**
 * Makes an authority for this one link, whose key is forgotten at once: nobody but this peer can connect
 * to the chaincode process, and the peer connects to no other.
 */
export async function createChaincodeLink(peer: PeerPlan, chaincode: ChaincodePlan): Promise<void> {
  const link = chaincodeLink(peer, chaincode);
  const authority = await createCertificateAuthority(peer.member.mspId, chaincode.name);
  const server = await issueTlsCertificate({
    authority,
    commonName: chaincode.name,
    ipAddresses: [peer.host],
  });
  const client = await issueTlsCertificate({ authority, commonName: peer.name, ipAddresses: [] });
  await mkdir(peer.files.config(chaincode.name), { recursive: true, mode: 0o700 });
  await writeFile(link.authority, authority.certificate);
  await writeFile(link.serverCertificate, server.certificate);
  await writeFile(link.serverKey, server.privateKey, { mode: 0o600 });
  await writeFile(link.clientCertificate, client.certificate);
  await writeFile(link.clientKey, client.privateKey, { mode: 0o600 });
}

/** Whether the link was made, to the last file. */
export function hasChaincodeLink(peer: PeerPlan, chaincode: ChaincodePlan): boolean {
  return existsSync(chaincodeLink(peer, chaincode).clientKey);
}

/** What the peer needs to connect: Fabric's connection.json of chaincode as a service. */
export async function connectionJson(peer: PeerPlan, chaincode: ChaincodePlan): Promise<string> {
  const link = chaincodeLink(peer, chaincode);
  return JSON.stringify({
    address: `${peer.host}:${chaincode.port}`,
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    root_cert: await readFile(link.authority, 'utf8'),
    client_cert: await readFile(link.clientCertificate, 'utf8'),
    client_key: await readFile(link.clientKey, 'utf8'),
  });
}
