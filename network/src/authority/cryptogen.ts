import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import {
  issueMemberIdentities,
  issueTlsCertificate,
  writeWallet,
  type KeyedCertificate,
} from '../identities/index.js';
import type { IdentityFiles, MemberPlan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';

/** What a member's identities are made for, and with. */
export interface MemberIdentitiesRequest {
  readonly member: MemberPlan;
  readonly fabric: Fabric;
  readonly log: (line: string) => void;
}

/**
 * Makes a member's authorities, the identities of its administrator, nodes and clients, and the public half
 * that it hands over. Reads and writes nothing outside the member's own folder.
 * @throws NetworkError COMMAND_FAILED
 */
export async function makeMemberIdentities(request: MemberIdentitiesRequest): Promise<void> {
  const made = await generate(request);
  const { member, files, orderer, peer } = request.member;
  const { domain } = member;
  await place(
    join(made.organisation, 'users', `Admin@${domain}`),
    'client',
    files.identity('admin'),
  );
  if (peer !== undefined) {
    await place(join(made.organisation, 'peers', peer.hostname), 'server', files.identity('peer'));
  }
  if (orderer !== undefined) {
    const from = join(made.orderers, 'orderers', orderer.hostname);
    await place(from, 'server', files.identity('orderer'));
    await makeClusterCertificate(
      request.member,
      await authority(made.organisation, 'tlsca', domain),
    );
  }
  const issuer = await authority(made.organisation, 'ca', domain);
  const { mspId, roles } = member;
  await writeWallet(files.wallet, await issueMemberIdentities({ mspId, roles, authority: issuer }));
  await cp(made.organisation, files.authority, { recursive: true });
  await publish(request.member, made.organisation);
  await rm(dirname(dirname(made.organisation)), { recursive: true });
}

/**
 * cryptogen makes organisations either with peers or with ordering nodes. An organisation that has both
 * gets its authorities in the first run, and its ordering node from the same authorities in the second.
 */
async function generate({ member: plan, fabric }: MemberIdentitiesRequest) {
  const { files, member, orderer, peer } = plan;
  const cryptogen = join(fabric.binDir, 'cryptogen');
  const output = join(files.dir, 'cryptogen');
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true, mode: 0o700 });
  const organisation = join(output, 'peerOrganizations', member.domain);
  const orderers = join(output, 'ordererOrganizations', member.domain);
  const write = async (kind: string, content: object) => {
    const file = join(output, `${kind}.json`);
    await writeFile(file, JSON.stringify(content));
    return file;
  };
  const common = { Name: member.mspId, Domain: member.domain, EnableNodeOUs: true };
  const specs = (node: object | undefined, hostname: string) =>
    node === undefined ? [] : [{ Hostname: hostname, SANS: [member.host] }];
  const members = await write('members', {
    PeerOrgs: [{ ...common, Specs: specs(peer, 'peer'), Users: { Count: 0 } }],
  });
  await runCommand(cryptogen, ['generate', '--config', members, '--output', output], { env: {} });
  if (orderer !== undefined) {
    for (const each of ['ca', 'tlsca']) {
      await cp(join(organisation, each), join(orderers, each), { recursive: true });
    }
    const nodes = await write('orderers', {
      OrdererOrgs: [{ ...common, Specs: specs(orderer, 'orderer') }],
    });
    await runCommand(cryptogen, ['extend', '--config', nodes, '--input', output], { env: {} });
  }
  return { organisation, orderers };
}

/** Copies an identity from where cryptogen put it. */
async function place(from: string, kind: 'client' | 'server', to: IdentityFiles): Promise<void> {
  await cp(join(from, 'msp'), to.msp, { recursive: true });
  const signcerts = dirname(to.signCertificate);
  await rename(
    join(signcerts, `${from.slice(dirname(from).length + 1)}-cert.pem`),
    to.signCertificate,
  );
  await mkdir(dirname(to.tls.certificate), { recursive: true });
  await cp(join(from, 'tls', `${kind}.crt`), to.tls.certificate);
  await cp(join(from, 'tls', `${kind}.key`), to.tls.key);
  await cp(join(from, 'tls', 'ca.crt'), to.tls.authority);
}

async function makeClusterCertificate(
  { files, member, orderer }: MemberPlan,
  issuer: KeyedCertificate,
): Promise<void> {
  const issued = await issueTlsCertificate({
    authority: issuer,
    commonName: `cluster.${orderer?.hostname ?? ''}`,
    ipAddresses: [member.host],
  });
  const { certificate, key } = files.cluster;
  await mkdir(dirname(certificate), { recursive: true });
  await writeFile(certificate, issued.certificate);
  await writeFile(key, issued.privateKey, { mode: 0o600 });
}

async function publish({ files, member, orderer }: MemberPlan, organisation: string) {
  const { domain } = member;
  const { msp, authority: ca, tlsAuthority, orderer: signing, cluster } = files.public;
  await mkdir(files.public.dir, { recursive: true });
  await cp(join(organisation, 'msp'), msp, { recursive: true });
  await cp(join(organisation, 'ca', `ca.${domain}-cert.pem`), ca);
  await cp(join(organisation, 'tlsca', `tlsca.${domain}-cert.pem`), tlsAuthority);
  if (orderer === undefined) return;
  await cp(files.identity('orderer').signCertificate, signing);
  await cp(files.cluster.certificate, cluster);
}

async function authority(
  organisation: string,
  kind: 'ca' | 'tlsca',
  domain: string,
): Promise<KeyedCertificate> {
  const dir = join(organisation, kind);
  return {
    certificate: await readFile(join(dir, `${kind}.${domain}-cert.pem`), 'utf8'),
    privateKey: await readFile(join(dir, 'priv_sk'), 'utf8'),
  };
}
