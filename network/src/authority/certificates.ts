import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  identityAttributes,
  RELAY_LABEL,
  ROLE_WITHOUT_IDENTITY,
  writeWallet,
  type KeyedCertificate,
} from '../identities/index.js';
import type { IdentityFiles, MemberPlan } from '../plan/index.js';
import { authorityFiles, type Authority } from './authority.js';
import type { Enrolment, IdentityType } from './enrolment.js';
import { writeInOneStep, writeKeyPair, writeMsp, type AuthorityCertificates } from './msp.js';

/** Who has to be told when a certificate is renewed: a node reads its own when it starts. */
export type CertificateUse = 'administrator' | 'client' | 'consenter' | 'orderer' | 'peer';

/** One certificate of a member: what it says, and where it lies with its key. */
export interface MemberCertificate {
  /** for people */
  readonly name: string;
  readonly use: CertificateUse;
  readonly enrolment: Enrolment;
  /** path of the certificate, PEM */
  readonly file: string;
  /** Writes a certificate and its key where they belong, in place of those that lie there. */
  readonly write: (issued: KeyedCertificate) => Promise<void>;
}

/** Every certificate that a member has: its administrator's, its nodes' and its clients'. */
export function memberCertificates(authority: Authority, plan: MemberPlan): MemberCertificate[] {
  const { files, orderer, peer, member } = plan;
  const admin = `admin.${member.domain}`;
  const adminFiles = files.identity('admin');
  const certificates = [
    signing(authority, adminFiles, 'admin', 'administrator', 'admin', admin),
    ...clients(plan),
  ];
  if (orderer !== undefined) {
    const identity = files.identity('orderer');
    const { hostname, host } = orderer;
    const cluster = `cluster.${hostname}`;
    certificates.push(
      {
        name: 'administration TLS',
        use: 'administrator',
        enrolment: { kind: 'adminca', id: admin, type: 'admin' },
        file: files.administration.certificate,
        write: async (issued) => {
          const { adminca } = authorityFiles(authority).certificates;
          await writeInOneStep(files.administration.authority, await readFile(adminca, 'utf8'));
          await writeKeyPair(issued, files.administration);
        },
      },
      signing(authority, identity, 'orderer', 'consenter', 'orderer', hostname),
      tls(authority, identity, 'orderer TLS', 'orderer', 'orderer', hostname, [hostname, host]),
      {
        name: 'orderer cluster TLS',
        use: 'consenter',
        enrolment: { kind: 'tlsca', id: cluster, type: 'orderer', hosts: [cluster, host] },
        file: files.cluster.certificate,
        write: (issued) => writeKeyPair(issued, files.cluster),
      },
    );
  }
  if (peer !== undefined) {
    const identity = files.identity('peer');
    const { hostname, host } = peer;
    certificates.push(
      signing(authority, identity, 'peer', 'peer', 'peer', hostname),
      tls(authority, identity, 'peer TLS', 'peer', 'peer', hostname, [hostname, host]),
    );
  }
  return certificates;
}

/** One identity for each role that the member may grant, and one that relays for patients. */
function clients({ member, files }: MemberPlan): MemberCertificate[] {
  const { mspId } = member;
  const roles = member.roles.filter((role) => role !== ROLE_WITHOUT_IDENTITY);
  return [...roles, RELAY_LABEL].map((label) => {
    const relays = label === RELAY_LABEL;
    const attributes = identityAttributes(relays ? [] : [label], relays);
    return {
      name: label,
      use: 'client',
      enrolment: { kind: 'ca', id: label, type: 'client', attributes },
      file: join(files.wallet, mspId, label, 'cert.pem'),
      write: (issued) => writeWallet(files.wallet, [{ label, identity: { mspId, ...issued } }]),
    };
  });
}

function signing(
  authority: Authority,
  files: IdentityFiles,
  name: string,
  use: CertificateUse,
  type: IdentityType,
  id: string,
): MemberCertificate {
  return {
    ...{ name, use, enrolment: { kind: 'ca', id, type } },
    file: files.signCertificate,
    write: async (issued) => writeMsp(files.msp, await authorityCertificates(authority), issued),
  };
}

function tls(
  authority: Authority,
  files: IdentityFiles,
  name: string,
  use: CertificateUse,
  type: IdentityType,
  id: string,
  hosts: readonly string[],
): MemberCertificate {
  return {
    ...{ name, use, enrolment: { kind: 'tlsca', id, type, hosts } },
    file: files.tls.certificate,
    write: async (issued) => {
      const { tlsca } = await authorityCertificates(authority);
      await writeInOneStep(files.tls.authority, tlsca);
      await writeKeyPair(issued, files.tls);
    },
  };
}

/** What a member's identities descend from. */
export async function authorityCertificates(authority: Authority): Promise<AuthorityCertificates> {
  const { certificates } = authorityFiles(authority);
  const [ca, tlsca] = await Promise.all([
    readFile(certificates.ca, 'utf8'),
    readFile(certificates.tlsca, 'utf8'),
  ]);
  return { ca, tlsca };
}
