import {
  membersOf,
  MOST_CHANNELS,
  PORTS_PER_MEMBER,
  type Channel,
  type Member,
  type Profile,
} from '../profile/index.js';
import { HomeFiles, type MemberFiles, type PublicFiles, type SharedFiles } from './files.js';

/** A member, and where its files lie. */
export interface MemberPlan {
  readonly member: Member;
  /** what it has alone */
  readonly files: MemberFiles;
  /** its public half as the others have it */
  readonly shared: PublicFiles;
  /** the process of its certificate authorities, and where that listens */
  readonly authorityName: string;
  readonly authorityPort: number;
  readonly orderer: OrdererPlan | undefined;
  readonly peer: PeerPlan | undefined;
}

/** A node with a certificate of its own. */
interface NodePlan {
  readonly name: string;
  readonly member: Member;
  readonly files: MemberFiles;
  readonly shared: PublicFiles;
  readonly host: string;
  /** the name in its certificate */
  readonly hostname: string;
}

/** An ordering node of a member. */
export interface OrdererPlan extends NodePlan {
  /** its number among the consenters, from 1 */
  readonly consenterId: number;
  readonly ports: {
    readonly client: number;
    readonly cluster: number;
    readonly admin: number;
    readonly operations: number;
  };
}

/** A peer of a member, and the chaincode processes beside it. */
export interface PeerPlan extends NodePlan {
  readonly ports: {
    readonly client: number;
    /** where a peer waits for chaincode that it launched itself; it insists on listening */
    readonly chaincodeListener: number;
    readonly operations: number;
  };
  /** one for each channel that the peer is in, and a second one while the channel is upgraded */
  readonly chaincodes: readonly ChaincodePlan[];
}

/** A chaincode process: one channel's contracts beside one peer. */
export interface ChaincodePlan {
  readonly name: string;
  readonly channel: string;
  /** which of the channel's definitions it was started for */
  readonly sequence: number;
  readonly port: number;
}

/** A channel: one programme. */
export interface ChannelPlan {
  readonly name: string;
  readonly endorsements: number;
  readonly members: readonly MemberPlan[];
  readonly orderers: readonly OrdererPlan[];
  readonly peers: readonly PeerPlan[];
  /** those whose organisations endorse; a member who joined later does when its definition says so */
  readonly endorsers: readonly PeerPlan[];
  readonly files: ReturnType<SharedFiles['channel']>;
}

/** Everything about a network that follows from its profile, its home folder and its first port. */
export interface Plan {
  readonly profile: Profile;
  readonly files: HomeFiles;
  readonly members: readonly MemberPlan[];
  readonly channels: readonly ChannelPlan[];
  readonly orderers: readonly OrdererPlan[];
  readonly peers: readonly PeerPlan[];
}

/** The sequences of the definitions that processes run for, by channel; the first when left out. */
export type Sequences = Readonly<Record<string, readonly number[]>>;

/** How many neighbouring ports a network of this profile takes. */
export function portCount(profile: Profile): number {
  return profile.members.length * PORTS_PER_MEMBER;
}

/** Names every member's first port, so that a member who joins later moves nobody's. */
export function withPorts(profile: Profile, portBase: number): Profile {
  const members = profile.members.map((member, index) => ({
    ...member,
    portBase: member.portBase ?? portBase + index * PORTS_PER_MEMBER,
  }));
  return { ...profile, portBase, members };
}

/** Lays a network out. */
export function planNetwork(agreed: Profile, home: string, sequences: Sequences = {}): Plan {
  const profile = withPorts(agreed, agreed.portBase);
  const files = new HomeFiles(home);
  const owners = profile.members.filter((member) => member.orderer);
  const members = profile.members.map((member) =>
    planMember(profile, member, files, owners.indexOf(member) + 1, sequences),
  );
  const channels = profile.channels.map((channel) => planChannel(profile, channel, members, files));
  return { profile, files, members, channels, ...nodesOf(members) };
}

function planMember(
  profile: Profile,
  member: Member,
  home: HomeFiles,
  consenterId: number,
  sequences: Sequences,
): MemberPlan {
  const { id, domain, host, portBase: base = profile.portBase } = member;
  const files = home.member(id);
  const shared = home.shared.member(id);
  const node = (kind: string) => ({
    name: `${kind}.${id}`,
    hostname: `${kind}.${domain}`,
    ...{ member, files, shared, host },
  });
  const orderer = {
    ...node('orderer'),
    consenterId,
    ports: { client: base, cluster: base + 1, admin: base + 2, operations: base + 3 },
  };
  const peer = {
    ...node('peer'),
    ports: { client: base + 4, chaincodeListener: base + 5, operations: base + 6 },
    chaincodes: profile.channels.flatMap((channel, index) => {
      if (!membersOf(profile, channel).includes(member)) return [];
      const only = profile.channels.length === 1;
      const name = only ? `chaincode.${id}` : `chaincode.${id}.${channel.name}`;
      const running = sequences[channel.name] ?? [1];
      return running.map((sequence) => ({
        name: sequence === 1 ? name : `${name}.${sequence}`,
        ...{ channel: channel.name, sequence },
        // neighbours run side by side
        port: base + 8 + index + (sequence % 2 === 0 ? MOST_CHANNELS : 0),
      }));
    }),
  };
  return {
    ...{ member, files, shared },
    authorityName: `ca.${id}`,
    authorityPort: base + 7,
    orderer: member.orderer ? orderer : undefined,
    peer: member.peer ? peer : undefined,
  };
}

function planChannel(
  profile: Profile,
  channel: Channel,
  all: readonly MemberPlan[],
  files: HomeFiles,
): ChannelPlan {
  const { name, endorsements } = channel;
  const taking = membersOf(profile, channel);
  const members = all.filter(({ member }) => taking.includes(member));
  const { orderers, peers } = nodesOf(members);
  const endorsers = peers.filter(({ member }) => channel.endorsers?.includes(member.id) ?? true);
  const shared = files.shared.channel(name);
  return { name, endorsements, members, orderers, peers, endorsers, files: shared };
}

function nodesOf(members: readonly MemberPlan[]) {
  return {
    orderers: members.flatMap(({ orderer }) => orderer ?? []),
    peers: members.flatMap(({ peer }) => peer ?? []),
  };
}
