import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  authorityOf,
  memberCertificates,
  type Authority,
  type MemberCertificate,
} from '../authority/index.js';
import { requireFabric, requireFabricCa, type Fabric } from '../binaries/index.js';
import type { Administrator, ChannelAccess, Target } from '../channel/index.js';
import { NetworkError } from '../errors.js';
import type { ChannelPlan, MemberPlan, OrdererPlan, PeerPlan, Plan } from '../plan/index.js';
import { planOf, requireManifest } from './manifest.js';
import { isListening } from './wait.js';

/** In which home certificates are revoked or renewed, and with which programs. */
export interface CredentialsOptions {
  readonly home: string;
  /** looked for, and built when there are none, when left out */
  readonly fabric?: Fabric;
  readonly fabricCa?: Fabric;
  /** called with a line for each step */
  readonly log?: (line: string) => void;
}

/** A member whose keys lie in a home, with all certificates that it has. */
export interface MemberCredentials {
  readonly plan: MemberPlan;
  readonly authority: Authority;
  readonly certificates: readonly MemberCertificate[];
}

export interface OpenCredentials {
  readonly plan: Plan;
  readonly fabric: Fabric;
  readonly members: readonly MemberCredentials[];
}

/**
 * Opens the certificates of the members that live in a home.
 * @param wanted the id of one member; all when left out
 * @throws NetworkError FILE_MISSING, FABRIC_NOT_FOUND, IDENTITY_UNKNOWN naming the members that are there
 */
export async function openCredentials(
  options: CredentialsOptions,
  wanted?: string,
): Promise<OpenCredentials> {
  const { log = () => undefined } = options;
  const home = resolve(options.home);
  const plan = planOf(await requireManifest(home), home);
  const here = plan.members.filter(({ files }) => existsSync(files.dir));
  const chosen = here.filter(({ member }) => wanted === undefined || member.id === wanted);
  if (chosen.length === 0) {
    const known = here.map(({ member }) => member.id).join(', ') || 'nobody';
    const what = `expected a member of ${home} (${known}), found '${wanted ?? ''}'`;
    throw new NetworkError('IDENTITY_UNKNOWN', what);
  }
  const [fabric, fabricCa] = await Promise.all([
    options.fabric ?? requireFabric({ log }),
    options.fabricCa ?? requireFabricCa({ log }),
  ]);
  const members = chosen.map((member) => {
    const authority = authorityOf(member, fabricCa);
    return { plan: member, authority, certificates: memberCertificates(authority, member) };
  });
  return { plan, fabric, members };
}

/** How a member's administrator reaches a channel: through its own ordering node where that listens. */
export async function accessTo(
  fabric: Fabric,
  channel: ChannelPlan,
  { orderer: own }: MemberPlan,
): Promise<ChannelAccess> {
  const sorted = [...channel.orderers].sort((a, b) => Number(b === own) - Number(a === own));
  for (const orderer of sorted) {
    if (await isListening(orderer.host, orderer.ports.client)) {
      return { fabric, channel: channel.name, orderer: targetOf(orderer) };
    }
  }
  const tried = sorted.map(({ host, ports }) => `${host}:${ports.client}`).join(', ');
  throw new NetworkError('NODE_FAILED', `${channel.name}: no ordering node listens (${tried})`);
}

export function administratorOf({
  member,
  files,
}: Pick<MemberPlan, 'files' | 'member'>): Administrator {
  return { mspId: member.mspId, mspDir: files.identity('admin').msp };
}

export function targetOf({ host, ports, shared }: OrdererPlan | PeerPlan): Target {
  return { endpoint: `${host}:${ports.client}`, tlsCaCertificate: shared.tlsAuthority };
}
