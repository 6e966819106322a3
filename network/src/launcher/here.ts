import { existsSync } from 'node:fs';
import { NetworkError } from '../errors.js';
import type { MemberPlan, Plan } from '../plan/index.js';
import type { Profile } from '../profile/index.js';
import type { Manifest } from './manifest.js';
import { isPrepared, requireHandedOver } from './member.js';

/**
 * The members whose nodes run in a home: those that are named, else all of a network that is made in one
 * place, else those that made their keys here.
 * @throws NetworkError NODE_UNKNOWN, or FILE_MISSING naming what a member on a machine of its own lacks
 */
export async function membersHere(
  plan: Plan,
  { apart }: Manifest,
  named: readonly string[] | undefined,
): Promise<readonly MemberPlan[]> {
  if (named === undefined && !apart) return plan.members;
  const here = named?.map((id) => memberOf(plan, id)) ?? plan.members.filter(isPrepared);
  if (!apart) return here;
  const stranger = here.find((each) => !isPrepared(each));
  if (here.length === 0 || stranger !== undefined) {
    const who = stranger?.member.id ?? 'ID';
    const why = `the members of this network make their own keys: prepare --member ${who}`;
    throw new NetworkError('FILE_MISSING', `${plan.files.members} has no keys of ${who}; ${why}`);
  }
  for (const member of here) await requireHandedOver(member);
  const channels = plan.channels.filter(({ members }) =>
    members.some((each) => here.includes(each)),
  );
  const missing = channels.find(({ files }) => !existsSync(files.genesisBlock));
  if (missing === undefined) return here;
  const block = missing.files.genesisBlock;
  throw new NetworkError('FILE_MISSING', `${block} is not there: the founder assembles it`);
}

/** @throws NetworkError NODE_UNKNOWN naming the members that there are */
export function memberOf(plan: Plan, id: string): MemberPlan {
  const found = plan.members.find(({ member }) => member.id === id);
  if (found !== undefined) return found;
  throw unknownMember(plan.profile, id);
}

/**
 * Requires members that are named to be of a profile, before anything is made of it.
 * @throws NetworkError NODE_UNKNOWN naming the members that there are
 */
export function requireMembers(profile: Profile, ids: readonly string[] = []): void {
  const unknown = ids.find((id) => !profile.members.some((member) => member.id === id));
  if (unknown !== undefined) throw unknownMember(profile, unknown);
}

function unknownMember({ members }: Profile, id: string): NetworkError {
  const known = members.map((member) => member.id).join(', ');
  return new NetworkError('NODE_UNKNOWN', `member: expected one of ${known}; found '${id}'`);
}
