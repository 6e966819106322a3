import type { NodeStatus } from '@veinledger/network';

/** What is done to a network: to which of its processes, and by which signal. */
export interface Fault {
  readonly name: string;
  /** for people */
  readonly title: string;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** how often it happens, one time after the other is over */
  readonly times: number;
  /** `gateway`, or which of the nodes; none while there is no such node, as while nobody is seen to lead */
  readonly victims: 'gateway' | ((nodes: readonly NodeStatus[]) => readonly NodeStatus[]);
}

const isOrderer = ({ kind }: NodeStatus) => kind === 'orderer';
const isPeer = ({ kind }: NodeStatus) => kind === 'peer';
const isLeader = (node: NodeStatus) => isOrderer(node) && node.leader;

const leader = (nodes: readonly NodeStatus[]) => nodes.filter(isLeader).slice(0, 1);
/** Known once somebody leads. */
const follower = (nodes: readonly NodeStatus[]) =>
  nodes.some(isLeader) ? nodes.filter((node) => isOrderer(node) && !node.leader).slice(0, 1) : [];

/**
 * Every fault of a network with these nodes, in the order in which they are made. Freezing comes before killing:
 * ordering nodes of Fabric 3.0 to which something happened may not join in replacing a leader.
 */
export function faultsOf(nodes: readonly NodeStatus[]): readonly Fault[] {
  const each = (kind: NodeStatus['kind']) =>
    nodes
      .filter((node) => node.kind === kind)
      .map(({ name }): Fault => ({
        ...{ name, title: `${name} is killed`, signal: 'SIGKILL', times: 1 },
        victims: (now) => now.filter((node) => node.name === name),
      }));
  const killed = { signal: 'SIGKILL', times: 1 } as const;
  const frozen = { signal: 'SIGSTOP', times: 1 } as const;
  return [
    {
      ...{ name: 'frozen-follower', title: 'a following ordering node is frozen', ...frozen },
      victims: follower,
    },
    {
      ...{ name: 'frozen-leader', title: 'the leading ordering node is frozen', ...frozen },
      victims: leader,
    },
    {
      name: 'leader',
      title: 'the leading ordering node is killed',
      ...killed,
      times: 3,
      victims: leader,
    },
    {
      name: 'follower',
      title: 'a following ordering node is killed',
      ...killed,
      victims: follower,
    },
    ...each('peer'),
    ...each('chaincode'),
    { name: 'gateway', title: 'the gateway is killed', ...killed, victims: 'gateway' },
    {
      ...{ name: 'two-peers', title: 'two of the three peers are killed', ...killed },
      victims: (now) => now.filter(isPeer).slice(0, 2),
    },
    {
      name: 'network',
      title: 'every node is killed',
      ...killed,
      victims: (now) => now.filter(({ pid }) => pid !== undefined),
    },
  ];
}

/**
 * The faults of a name, or of all names that begin with it and a dot: `peer` is every peer.
 * @throws Error naming those that there are
 */
export function selectFaults(faults: readonly Fault[], names: readonly string[]): readonly Fault[] {
  const fits = (fault: Fault, name: string) =>
    fault.name === name || fault.name.startsWith(`${name}.`);
  const unknown = names.find((name) => !faults.some((fault) => fits(fault, name)));
  if (unknown !== undefined) {
    const known = faults.map(({ name }) => name).join(', ');
    throw new Error(`--only: expected some of ${known}, found '${unknown}'`);
  }
  if (names.length === 0) return faults;
  return faults.filter((fault) => names.some((name) => fits(fault, name)));
}
