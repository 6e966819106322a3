import type { NeededPort } from '../processes/index.js';
import type { MemberPlan } from './plan.js';

/** Health and metrics are told to the machine that a node runs on, and to no other. */
export const OPERATIONS_HOST = '127.0.0.1';

/** A port that a process of the network listens on. */
export interface NodePort extends NeededPort {
  /** the process */
  readonly node: string;
}

/** Every port that members' nodes listen on. */
export function neededPorts(members: readonly MemberPlan[]): NodePort[] {
  return members.flatMap(({ orderer, peer, authorityName, authorityPort }) => [
    ...named(OPERATIONS_HOST, authorityName, { authority: authorityPort }),
    ...(orderer === undefined ? [] : named(orderer.host, orderer.name, orderer.ports)),
    ...(peer === undefined ? [] : named(peer.host, peer.name, peer.ports)),
    ...(peer?.chaincodes ?? []).flatMap(({ name, port }) =>
      named(peer?.host ?? '', name, { chaincode: port }),
    ),
  ]);
}

function named(host: string, node: string, ports: Readonly<Record<string, number>>): NodePort[] {
  return Object.entries(ports).map(([use, port]) => ({
    ...{ node, port, purpose: `${node} (${use})` },
    host: use === 'operations' ? OPERATIONS_HOST : host,
  }));
}
