import { OPERATIONS_HOST, type OrdererPlan, type Plan } from '../plan/index.js';
import type { Profile } from '../profile/index.js';

/** A busy node takes seconds to answer; a frozen one never does. */
const ANSWER_MS = 10_000;

type Consensus = Profile['ordering']['consensus'];

/** The gauges of one node, read at one time. */
class Gauges {
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  /** The value that a gauge has for a channel; undefined when the node has no such gauge. */
  get(name: string, channel: string): number | undefined {
    const line = this.#lines.find(
      (each) => each.startsWith(`${name}{`) && each.includes(`channel="${channel}"`),
    );
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
  }
}

/**
 * Reads the gauges of a node from its operations endpoint, Prometheus text format.
 * @returns undefined when the node does not answer
 */
export async function readGauges(address: string): Promise<Gauges | undefined> {
  try {
    const response = await fetch(`http://${address}/metrics`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    return response.ok ? new Gauges(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads one gauge of a node; undefined when the node does not answer or has no such gauge. */
export async function readGauge(
  address: string,
  name: string,
  channel: string,
): Promise<number | undefined> {
  return (await readGauges(address))?.get(name, channel);
}

/** Whether an ordering node knows who leads each of its channels; it refuses transactions until then. */
export async function knowsLeaders(plan: Plan, orderer: OrdererPlan): Promise<boolean> {
  const gauges = await readGauges(`${OPERATIONS_HOST}:${orderer.ports.operations}`);
  const name =
    plan.profile.ordering.consensus === 'BFT'
      ? 'consensus_BFT_leader_id'
      : 'consensus_etcdraft_leader_changes';
  return plan.channels
    .filter(({ orderers }) => orderers.includes(orderer))
    .every((channel) => (gauges?.get(name, channel.name) ?? 0) > 0);
}

/** Whether the gauges are those of the node that leads a channel. */
export function leads(
  gauges: Gauges,
  channel: string,
  consensus: Consensus,
  consenterId: number,
): boolean {
  return consensus === 'BFT'
    ? gauges.get('consensus_BFT_leader_id', channel) === consenterId
    : gauges.get('consensus_etcdraft_is_leader', channel) === 1;
}
