import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { makeMemberIdentities } from '../authority/index.js';
import type { Fabric } from '../binaries/index.js';
import { createChaincodeLink } from '../code/index.js';
import { NetworkError } from '../errors.js';
import type { MemberPlan } from '../plan/index.js';
import { ProcessRecords } from '../processes/index.js';
import { writeJson } from './json.js';
import { acceptHalf, markOf, ownerOfHalf } from './public-half.js';
import { stopAll } from './stop.js';

/** Whether a member made its keys in this home. */
export function isPrepared({ files }: MemberPlan): boolean {
  return existsSync(markOf(files.public));
}

/**
 * Makes a member's keys in its own folder, once, and its public half. What an interrupted run left is thrown
 * away.
 * @throws NetworkError NODE_FAILED, COMMAND_FAILED
 */
export async function prepareMember(plan: MemberPlan, fabricCa: Fabric): Promise<void> {
  const { files, peer, member } = plan;
  if (isPrepared(plan)) return;
  const records = new ProcessRecords(files.records);
  await stopAll(records, records.all());
  await rm(files.dir, { recursive: true, force: true });
  await mkdir(files.dir, { recursive: true, mode: 0o700 });
  await makeMemberIdentities({ member: plan, fabricCa });
  if (peer !== undefined) {
    for (const chaincode of peer.chaincodes) await createChaincodeLink(peer, chaincode);
  }
  await writeJson(markOf(files.public), member);
}

/**
 * Copies a member's public half to where all members have it.
 * @throws NetworkError NETWORK_DIFFERS when another was handed over before
 */
export async function handOver({ member, files, shared }: MemberPlan): Promise<void> {
  await acceptHalf(files.public.dir, member, shared);
}

/**
 * Requires the public half of a member among what all members have.
 * @throws NetworkError FILE_MISSING, NETWORK_DIFFERS when it was made for another entry of the profile
 */
export async function requireHandedOver({ member, shared }: MemberPlan): Promise<void> {
  if (!existsSync(markOf(shared))) {
    const why = `${member.id} has not handed over its public half: ${shared.dir} is not there`;
    throw new NetworkError('FILE_MISSING', why);
  }
  if (isDeepStrictEqual(await ownerOfHalf(shared), member)) return;
  throw new NetworkError(
    'NETWORK_DIFFERS',
    `${shared.dir}: expected ${member.id} as in the profile`,
  );
}
