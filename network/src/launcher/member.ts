import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { makeMemberIdentities } from '../authority/index.js';
import type { Fabric } from '../binaries/index.js';
import { createChaincodeLink } from '../code/index.js';
import { NetworkError } from '../errors.js';
import type { MemberPlan, PublicFiles } from '../plan/index.js';
import { memberSchema } from '../profile/index.js';
import { ProcessRecords } from '../processes/index.js';
import { writeJson } from './json.js';
import { stopAll } from './stop.js';

/** Written last into a public half, which is then whole. */
const markOf = (half: PublicFiles) => join(half.dir, 'member.json');

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

/** Copies a member's public half to where all members have it. */
export async function handOver({ files, shared }: MemberPlan): Promise<void> {
  if (existsSync(shared.dir)) return;
  const coming = `${shared.dir}.new`;
  await rm(coming, { recursive: true, force: true });
  await mkdir(dirname(coming), { recursive: true });
  await cp(files.public.dir, coming, { recursive: true });
  await rename(coming, shared.dir);
}

/**
 * Requires the public half of a member among what all members have.
 * @throws NetworkError FILE_MISSING, NETWORK_DIFFERS when it was made for another entry of the profile
 */
export async function requireHandedOver({ member, shared }: MemberPlan): Promise<void> {
  const mark = markOf(shared);
  let text: string;
  try {
    text = await readFile(mark, 'utf8');
  } catch (cause) {
    const why = `${member.id} has not handed over its public half: ${mark} cannot be read`;
    throw new NetworkError('FILE_MISSING', why, { cause });
  }
  const found = memberSchema.safeParse(JSON.parse(text));
  if (isDeepStrictEqual(found.data, member)) return;
  throw new NetworkError('NETWORK_DIFFERS', `${mark}: expected ${member.id} as in the profile`);
}
