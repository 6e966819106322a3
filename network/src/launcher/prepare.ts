import { requireFabric, requireFabricCa } from '../binaries/index.js';
import { makeAdministration } from '../authority/index.js';
import { packageChaincode } from '../code/index.js';
import type { MemberPlan, Plan } from '../plan/index.js';
import { assembleChannels } from './assemble.js';
import { foundNetwork } from './found.js';
import { membersHere } from './here.js';
import { planOf, type Manifest } from './manifest.js';
import { handOver, prepareMember } from './member.js';
import { writeNodeConfigs, type ChannelSoftware, type Software } from './nodes.js';
import type { StartOptions } from './options.js';

/** A home folder that is ready to run. */
export interface Prepared {
  readonly plan: Plan;
  /** those whose nodes run here */
  readonly members: readonly MemberPlan[];
  readonly software: Software;
}

/**
 * Makes a home folder ready to run: in one place what members on several machines do one after the other.
 * @throws NetworkError NETWORK_DIFFERS, FABRIC_NOT_FOUND, PORT_TAKEN, FILE_MISSING, NODE_UNKNOWN
 */
export async function prepare(home: string, options: StartOptions): Promise<Prepared> {
  const { log = () => undefined } = options;
  const manifest = await foundNetwork(home, options);
  const plan = planOf(manifest, home);
  const members = await membersHere(plan, manifest, options.members);
  const [fabric, fabricCa] = await Promise.all([
    options.fabric ?? requireFabric({ log }),
    options.fabricCa ?? requireFabricCa({ log }),
  ]);
  log(`Fabric ${fabric.version} from ${fabric.source}, ${fabric.binDir}`);
  log(`Fabric CA ${fabricCa.version} from ${fabricCa.source}, ${fabricCa.binDir}`);
  if (!manifest.apart) {
    await Promise.all(plan.members.map((member) => prepareMember(member, fabricCa)));
    for (const member of plan.members) await handOver(member);
    await assembleChannels(plan, fabric);
    log(`keys of ${plan.members.length} members and ${plan.channels.length} first blocks are made`);
  }
  await Promise.all(members.map((member) => makeAdministration({ member, fabricCa })));
  const software = { fabric, fabricCa, channels: await channelSoftware(manifest) };
  await Promise.all(members.map((member) => writeNodeConfigs(plan, member, software)));
  return { plan, members, software };
}

/** What each channel runs by a manifest: what is committed, and what it is upgraded to. */
export async function channelSoftware({
  profile,
  channels,
}: Manifest): Promise<Software['channels']> {
  const software = new Map<string, ChannelSoftware[]>();
  for (const { name, next, ...committed } of channels) {
    const definitions = next === undefined ? [committed] : [committed, next];
    const packaged = definitions.map(async ({ version, sequence, code }) => {
      const { id } = await packageChaincode(profile.chaincode.name, version, code);
      return { version, sequence, code, packageId: id };
    });
    software.set(name, await Promise.all(packaged));
  }
  return software;
}
