import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificateAuthority, issueTlsCertificate } from '../identities/index.js';
import type { PeerPlan, Plan } from '../plan/index.js';

/** Files with which a peer and its chaincode process know each other over mutual TLS. */
export interface ChaincodeLink {
  readonly authority: string;
  readonly serverCertificate: string;
  readonly serverKey: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

export function chaincodeLink(plan: Plan, peer: PeerPlan): ChaincodeLink {
  const dir = plan.files.config(peer.chaincodeName);
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
export async function createChaincodeLink(plan: Plan, peer: PeerPlan): Promise<void> {
  const link = chaincodeLink(plan, peer);
  const authority = await createCertificateAuthority(peer.member.mspId, peer.chaincodeName);
  const server = await issueTlsCertificate({
    authority,
    commonName: peer.chaincodeName,
    ipAddresses: [plan.profile.host],
  });
  const client = await issueTlsCertificate({ authority, commonName: peer.name, ipAddresses: [] });
  await mkdir(plan.files.config(peer.chaincodeName), { recursive: true, mode: 0o700 });
  await writeFile(link.authority, authority.certificate);
  await writeFile(link.serverCertificate, server.certificate);
  await writeFile(link.serverKey, server.privateKey, { mode: 0o600 });
  await writeFile(link.clientCertificate, client.certificate);
  await writeFile(link.clientKey, client.privateKey, { mode: 0o600 });
}

/** What the peer needs to connect: Fabric's connection.json of chaincode as a service. */
export async function connectionJson(plan: Plan, peer: PeerPlan): Promise<string> {
  const link = chaincodeLink(plan, peer);
  return JSON.stringify({
    address: `${plan.profile.host}:${peer.chaincodePort}`,
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    root_cert: await readFile(link.authority, 'utf8'),
    client_cert: await readFile(link.clientCertificate, 'utf8'),
    client_key: await readFile(link.clientKey, 'utf8'),
  });
}
