import { resolve } from 'node:path';
import { issue, revocationList, revokeCertificates, withAuthority } from '../authority/index.js';
import { changeConfig, withRevocationList } from '../channel/index.js';
import { NetworkError } from '../errors.js';
import {
  accessTo,
  administratorOf,
  openCredentials,
  targetOf,
  type CredentialsOptions,
} from './credentials.js';
import { withLock } from './lock.js';

export interface RevokeOptions extends CredentialsOptions {
  /** the id of a member whose keys lie in the home */
  readonly member: string;
  /** a client identity: a role, or `relay` */
  readonly label: string;
  /** whether a new key takes the place of the revoked one in the wallet */
  readonly reissue?: boolean;
}

/** What a revocation did. */
export interface Revocation {
  /** how many certificates of the identity were valid until now */
  readonly certificates: number;
  readonly channels: readonly {
    readonly name: string;
    /** endpoints of peers that do not know of it yet */
    readonly behind: readonly string[];
  }[];
}

/**
 * Revokes every certificate of a client identity and tells the channels, whose peers then refuse them. A
 * member needs nobody else for it: its own administrator signs.
 * @throws NetworkError IDENTITY_UNKNOWN, COMMAND_FAILED, NODE_FAILED, HOME_LOCKED
 */
export async function revokeIdentity(options: RevokeOptions): Promise<Revocation> {
  const { member: id, label, reissue = false, log = () => undefined } = options;
  const { plan, fabric, members } = await openCredentials(options, id);
  const [member] = members;
  const clients = member?.certificates.filter(({ use }) => use === 'client') ?? [];
  const identity = clients.find(({ name }) => name === label);
  if (member === undefined || identity === undefined) {
    const known = clients.map(({ name }) => name).join(', ');
    throw new NetworkError('IDENTITY_UNKNOWN', `${id}: expected one of ${known}; found '${label}'`);
  }
  const { authority } = member;
  const records = member.plan.files.records;
  return withLock(resolve(options.home), async () => {
    const identities = member.certificates.map(({ enrolment }) => enrolment);
    const { certificates, list } = await withAuthority(authority, records, identities, async () => {
      const revoked = await revokeCertificates(authority, identity.enrolment.id);
      const told = await revocationList(authority, 'ca');
      if (reissue) await issue(authority, identity);
      return { certificates: revoked, list: told };
    });
    log(`${id}: ${certificates} certificates of ${label} are revoked`);
    const channels: Revocation['channels'][number][] = [];
    for (const channel of plan.channels.filter((each) => each.members.includes(member.plan))) {
      const { behind } = await changeConfig(
        await accessTo(fabric, channel, member.plan),
        [administratorOf(member.plan)],
        channel.peers.map(targetOf),
        (config) => withRevocationList(config, authority.mspId, list),
      );
      const late = behind.length === 0 ? 'its peers know' : `not known yet to ${behind.join(', ')}`;
      log(`${channel.name}: ${late}`);
      channels.push({ name: channel.name, behind });
    }
    return { certificates, channels };
  });
}
