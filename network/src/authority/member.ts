import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import type { Fabric } from '../binaries/index.js';
import { OPERATIONS_HOST, type MemberPlan } from '../plan/index.js';
import { authorityFiles, type Authority } from './authority.js';
import {
  authorityCertificates,
  memberCertificates,
  type MemberCertificate,
} from './certificates.js';
import { enrol } from './enrol.js';
import { writeOrganisation } from './msp.js';
import { withAuthority } from './running.js';

/** A member's certificate authorities, which serve the machine that they run on, and no other. */
export function authorityOf(plan: MemberPlan, fabricCa: Pick<Fabric, 'binDir'>): Authority {
  const { member, files, authorityName: name, authorityPort } = plan;
  return {
    ...{ name, mspId: member.mspId, domain: member.domain, country: member.country },
    ...{ host: OPERATIONS_HOST, port: authorityPort },
    ...{ dir: files.authority, logFile: files.log(name), binDir: fabricCa.binDir },
  };
}

/** What a member's identities are made for, and with. */
export interface MemberIdentitiesRequest {
  readonly member: MemberPlan;
  /** where the programs of Fabric CA are */
  readonly fabricCa: Pick<Fabric, 'binDir'>;
}

/**
 * Has a member's own authorities certify its administrator, its nodes and its clients, where that was not
 * done yet, and writes the public half that it hands over. Reads and writes nothing outside the member's
 * folder.
 * @throws NetworkError NODE_FAILED, COMMAND_FAILED
 */
export async function makeMemberIdentities(request: MemberIdentitiesRequest): Promise<void> {
  const authority = authorityOf(request.member, request.fabricCa);
  await issueMissing(request, memberCertificates(authority, request.member));
  await publish(authority, request.member);
}

/**
 * Has the authority for administration certify a member's administrator where that was not done: the home was made
 * before there was one. Its server makes the authority when it starts.
 * @throws NetworkError NODE_FAILED where the server runs and has no such authority; COMMAND_FAILED
 */
export async function makeAdministration(request: MemberIdentitiesRequest): Promise<void> {
  const authority = authorityOf(request.member, request.fabricCa);
  const certificates = memberCertificates(authority, request.member);
  const administration = certificates.filter(({ enrolment }) => enrolment.kind === 'adminca');
  if (administration.every(({ file }) => existsSync(file))) return;
  await issueMissing(request, administration);
}

async function issueMissing(
  { member, fabricCa }: MemberIdentitiesRequest,
  certificates: readonly MemberCertificate[],
): Promise<void> {
  const authority = authorityOf(member, fabricCa);
  const missing = certificates.filter(({ file }) => !existsSync(file));
  const identities = certificates.map(({ enrolment }) => enrolment);
  await withAuthority(authority, member.files.records, identities, () =>
    Promise.all(missing.map((each) => issue(authority, each))),
  );
}

/** Has a member's authority certify a new key, and writes both where they belong. */
export async function issue(
  authority: Authority,
  { enrolment, write }: MemberCertificate,
): Promise<void> {
  await write(await enrol(authority, enrolment));
}

async function publish(authority: Authority, { files, orderer }: MemberPlan): Promise<void> {
  const half = files.public;
  await mkdir(half.dir, { recursive: true });
  await writeOrganisation(half.msp, await authorityCertificates(authority));
  const { certificates } = authorityFiles(authority);
  await copyFile(certificates.ca, half.authority);
  await copyFile(certificates.tlsca, half.tlsAuthority);
  if (orderer === undefined) return;
  await copyFile(files.identity('orderer').signCertificate, half.orderer);
  await copyFile(files.cluster.certificate, half.cluster);
}
