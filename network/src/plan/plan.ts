import type { Member, Profile } from '../profile/index.js';
import type { NeededPort } from '../processes/index.js';
import { HomeFiles } from './files.js';

/** An ordering node of a member. */
export interface OrdererPlan {
  readonly name: string;
  /** its number among the consenters, from 1 */
  readonly consenterId: number;
  readonly member: Member;
  /** the name in its certificate */
  readonly hostname: string;
  readonly ports: {
    readonly client: number;
    readonly cluster: number;
    readonly admin: number;
    readonly operations: number;
  };
}

/** A peer of a member, and the chaincode process beside it. */
export interface PeerPlan {
  readonly name: string;
  readonly chaincodeName: string;
  readonly member: Member;
  /** the name in its certificate */
  readonly hostname: string;
  readonly ports: {
    readonly client: number;
    /** where a peer waits for chaincode that it launched itself; it insists on listening */
    readonly chaincodeListener: number;
    readonly operations: number;
  };
  readonly chaincodePort: number;
}

/** Everything about a network that follows from its profile, its home folder and its first port. */
export interface Plan {
  readonly profile: Profile;
  readonly files: HomeFiles;
  readonly orderers: readonly OrdererPlan[];
  readonly peers: readonly PeerPlan[];
}

const PORTS_PER_NODE = 4;

/** How many neighbouring ports a network of this profile takes. */
export function portCount(profile: Profile): number {
  const nodes = profile.members.flatMap((member) => [member.orderer, member.peer]);
  return nodes.filter(Boolean).length * PORTS_PER_NODE;
}

/** Lays a network out: ordering nodes first, then peers, four ports each. */
export function planNetwork(profile: Profile, home: string, portBase: number): Plan {
  const owners = profile.members.filter((member) => member.orderer);
  const orderers = owners.map((member, index) => {
    const port = portBase + index * PORTS_PER_NODE;
    return {
      name: `orderer.${member.id}`,
      consenterId: index + 1,
      member,
      hostname: `orderer.${member.domain}`,
      ports: { client: port, cluster: port + 1, admin: port + 2, operations: port + 3 },
    };
  });
  const peers = profile.members
    .filter((member) => member.peer)
    .map((member, index) => {
      const port = portBase + (owners.length + index) * PORTS_PER_NODE;
      return {
        name: `peer.${member.id}`,
        chaincodeName: `chaincode.${member.id}`,
        member,
        hostname: `peer.${member.domain}`,
        ports: { client: port, chaincodeListener: port + 1, operations: port + 2 },
        chaincodePort: port + 3,
      };
    });
  return { profile, files: new HomeFiles(home), orderers, peers };
}

/** A port that a process of the network listens on. */
export interface NodePort extends NeededPort {
  /** the process */
  readonly node: string;
}

/** Every port of a network. */
export function neededPorts(plan: Plan): NodePort[] {
  const named = (node: string, ports: Readonly<Record<string, number>>) =>
    Object.entries(ports).map(([use, port]) => ({ node, port, purpose: `${node} (${use})` }));
  return [
    ...plan.orderers.flatMap((orderer) => named(orderer.name, orderer.ports)),
    ...plan.peers.flatMap((peer) => [
      ...named(peer.name, peer.ports),
      ...named(peer.chaincodeName, { chaincode: peer.chaincodePort }),
    ]),
  ];
}
