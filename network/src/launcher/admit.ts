import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { requireFabric, type Fabric } from '../binaries/index.js';
import {
  parseGroup,
  prepareUpdate,
  signUpdate,
  submitUpdate,
  withOrganisation,
  type ChannelAccess,
  type ConfigGroup,
} from '../channel/index.js';
import { organisation } from '../config/index.js';
import { HomeFiles, PublicFiles, type ChannelPlan, type MemberPlan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';
import { memberOf } from './here.js';
import { withMember } from './joining.js';
import { writeJson } from './json.js';
import { withLock } from './lock.js';
import { planOf, requireManifest } from './manifest.js';
import { isPrepared } from './member.js';
import { acceptHalf, ownerOfHalf } from './public-half.js';

/** Who admits whom. */
export interface Admission {
  readonly home: string;
  /** the folder of the newcomer's public half */
  readonly half: string;
  /** a folder that goes from member to member and gathers signatures */
  readonly signatures: string;
  /** who signs; every member that lives in this home when left out */
  readonly members?: readonly string[];
  /** channels that the newcomer was invited to; all when left out */
  readonly channels?: readonly string[];
  readonly fabric?: Fabric;
  readonly log?: (line: string) => void;
}

const signersSchema = z.array(z.string());

/**
 * Admits a new member to channels of a running network: signs the change with the keys of members that live
 * here, and sends it when more than half of a channel's members have signed.
 * @returns whether the newcomer is a member of every channel now
 * @throws NetworkError NETWORK_DIFFERS, FILE_MISSING, NODE_UNKNOWN, COMMAND_FAILED
 */
export async function admitMember(admission: Admission): Promise<boolean> {
  const { log = () => undefined, channels: wanted } = admission;
  const home = resolve(admission.home);
  return withLock(home, async () => {
    const manifest = await requireManifest(home);
    const before = planOf(manifest, home);
    const entry = await ownerOfHalf(new PublicFiles(resolve(admission.half)));
    const joined = withMember(manifest, entry, wanted);
    const plan = planOf(joined, home);
    const newcomer = memberOf(plan, entry.id);
    const { shared } = new HomeFiles(home);
    await acceptHalf(resolve(admission.half), newcomer.member, shared.member(entry.id));
    const named = admission.members?.map((id) => memberOf(before, id));
    const signers = (named ?? before.members).filter(isPrepared);
    const fabric = admission.fabric ?? (await requireFabric({ log }));
    const group = await groupOf(newcomer, fabric);
    let everywhere = true;
    for (const channel of before.channels.filter(({ name }) => wanted?.includes(name) ?? true)) {
      const task = { admission, channel, newcomer, group, fabric, log };
      everywhere = (await admitTo(task, signers)) && everywhere;
    }
    await writeJson(shared.manifest, joined);
    return everywhere;
  });
}

interface ChannelTask {
  readonly admission: Admission;
  readonly channel: ChannelPlan;
  readonly newcomer: MemberPlan;
  readonly group: ConfigGroup;
  readonly fabric: Fabric;
  readonly log: (line: string) => void;
}

async function admitTo(task: ChannelTask, all: readonly MemberPlan[]): Promise<boolean> {
  const { admission, channel, newcomer, fabric, log } = task;
  const dir = resolve(admission.signatures);
  const update = join(dir, `${channel.name}.pb`);
  const signedBy = join(dir, `${channel.name}.json`);
  const signers = all.filter((each) =>
    channel.members.some(({ member }) => member.id === each.member.id),
  );
  const [first] = signers;
  if (first === undefined) return true;
  await mkdir(dir, { recursive: true });
  const access = accessTo(channel, first, fabric);
  if (!existsSync(update) && !(await isNeeded(task, access, first, update))) return true;
  const signed = existsSync(signedBy)
    ? signersSchema.parse(JSON.parse(await readFile(signedBy, 'utf8')))
    : [];
  for (const each of signers.filter(({ member }) => !signed.includes(member.mspId))) {
    await signUpdate(fabric, administrator(each), update);
    signed.push(each.member.mspId);
    await writeJson(signedBy, signed);
  }
  const needed = Math.floor(channel.members.length / 2) + 1;
  log(`${channel.name}: ${newcomer.member.id} has ${signed.length} of ${needed} signatures`);
  if (signed.length < needed) return false;
  await submitUpdate(access, administrator(first), update);
  log(`${channel.name}: ${newcomer.member.id} is admitted`);
  await rm(update);
  await rm(signedBy);
  return true;
}

async function isNeeded(
  { newcomer, group }: ChannelTask,
  access: ChannelAccess,
  signer: MemberPlan,
  update: string,
): Promise<boolean> {
  const { peer, member } = newcomer;
  const anchor = peer === undefined ? undefined : { host: peer.host, port: peer.ports.client };
  const added = { mspId: member.mspId, group, anchor };
  return prepareUpdate(
    access,
    administrator(signer),
    (config) => withOrganisation(config, added),
    update,
  );
}

const administrator = ({ member, files }: MemberPlan) => ({
  mspId: member.mspId,
  mspDir: files.identity('admin').msp,
});

/** Through the signer's own ordering node where it has one. */
function accessTo(channel: ChannelPlan, signer: MemberPlan, fabric: Fabric): ChannelAccess {
  const own = channel.orderers.find(({ member }) => member.id === signer.member.id);
  const orderer = own ?? channel.orderers[0];
  if (orderer === undefined) throw new Error(`expected an ordering node in ${channel.name}`);
  const endpoint = `${orderer.host}:${orderer.ports.client}`;
  const tlsCaCertificate = orderer.shared.tlsAuthority;
  return { fabric, channel: channel.name, orderer: { endpoint, tlsCaCertificate } };
}

/** What configtxgen makes of an organisation, to be added to a channel. */
async function groupOf(newcomer: MemberPlan, fabric: Fabric): Promise<ConfigGroup> {
  const dir = await mkdtemp(join(tmpdir(), 'veinledger-organisation-'));
  try {
    await writeJson(join(dir, 'configtx.yaml'), { Organizations: [organisation(newcomer)] });
    const args = ['-printOrg', newcomer.member.mspId, '-configPath', dir];
    const { answer } = await runCommand(join(fabric.binDir, 'configtxgen'), args, { env: {} });
    return parseGroup(JSON.parse(answer));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
