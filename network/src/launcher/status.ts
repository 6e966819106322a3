import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  OPERATIONS_HOST,
  type MemberFiles,
  type MemberPlan,
  type OrdererPlan,
  type PeerPlan,
  type Plan,
} from '../plan/index.js';
import { ProcessRecords } from '../processes/index.js';
import { SupervisedProcesses } from '../supervisor/index.js';
import { keptChaincodes } from './kept-code.js';
import { planOf, requireManifest } from './manifest.js';
import { leads, readGauges } from './metrics.js';

/** What a node has of a channel. */
export interface ChannelStatus {
  readonly name: string;
  /** blocks that it holds; undefined when it does not answer */
  readonly height: number | undefined;
  /** whether the ordering nodes follow it */
  readonly leader: boolean;
}

/** `down` is a node that is to run and does not. */
export type NodeState = 'running' | 'stopped' | 'refused' | 'down';

/** One process of a network. */
export interface NodeStatus {
  readonly name: string;
  readonly kind: 'orderer' | 'peer' | 'chaincode' | 'authority';
  readonly mspId: string;
  /** the port that it serves */
  readonly port: number;
  readonly state: NodeState;
  /** why it is not started */
  readonly refused?: string | undefined;
  /** how often it ended although it was to run */
  readonly deaths: number;
  /** undefined when it does not run */
  readonly pid: number | undefined;
  /** the channels that it takes part in */
  readonly channels: readonly ChannelStatus[];
  /** of its first channel; undefined for chaincode and for a node that does not answer */
  readonly height: number | undefined;
  /** whether it leads a channel */
  readonly leader: boolean;
}

/**
 * Asks every node of a home how it is.
 * @throws NetworkError FILE_MISSING when the home folder has no network
 */
export async function networkStatus(homeDir: string): Promise<NodeStatus[]> {
  const home = resolve(homeDir);
  const plan = planOf(await requireManifest(home), home);
  const here = plan.members.filter(({ files }) => existsSync(files.dir));
  const each = await Promise.all(here.map((member) => memberStatus(plan, member)));
  const order = ['orderer', 'peer', 'chaincode', 'authority'];
  return each.flat().sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

async function memberStatus(plan: Plan, each: MemberPlan) {
  const { files, orderer, peer, authorityName, authorityPort } = each;
  const nodes = [orderer, peer].flatMap((node) => node ?? []);
  const statuses = nodes.map(async (node): Promise<NodeStatus> => {
    const channels = await channelsOf(plan, node);
    return {
      name: node.name,
      kind: node === orderer ? 'orderer' : 'peer',
      mspId: node.member.mspId,
      port: node.ports.client,
      ...processStatus(files, node.name),
      channels,
      height: channels[0]?.height,
      leader: channels.some(({ leader }) => leader),
    };
  });
  const chaincodes = (peer === undefined ? [] : keptChaincodes(peer)).map(
    ({ name, channel, port }): NodeStatus => ({
      ...{ name, kind: 'chaincode', port, ...processStatus(files, name) },
      mspId: peer?.member.mspId ?? '',
      channels: [{ name: channel, height: undefined, leader: false }],
      height: undefined,
      leader: false,
    }),
  );
  const authority: NodeStatus = {
    ...{ name: authorityName, kind: 'authority', port: authorityPort },
    ...{ mspId: each.member.mspId, ...processStatus(files, authorityName) },
    ...{ channels: [], height: undefined, leader: false },
  };
  return [...(await Promise.all(statuses)), ...chaincodes, authority];
}

function processStatus(files: MemberFiles, name: string) {
  const pid = new ProcessRecords(files.records).living(name)?.pid;
  const processes = new SupervisedProcesses(files);
  const { deaths, refused } = processes.health(name);
  const wanted = processes.find(name)?.wanted;
  return { pid, deaths, refused, state: stateOf(pid, wanted, refused) };
}

function stateOf(pid?: number, wanted?: string, refused?: string): NodeState {
  if (pid !== undefined) return 'running';
  if (wanted === 'stopped') return 'stopped';
  return refused === undefined ? 'down' : 'refused';
}

async function channelsOf(plan: Plan, node: OrdererPlan | PeerPlan): Promise<ChannelStatus[]> {
  const gauges = await readGauges(`${OPERATIONS_HOST}:${node.ports.operations}`);
  const { consensus } = plan.profile.ordering;
  return plan.channels
    .filter(({ orderers, peers }) => [...orderers, ...peers].includes(node))
    .map(({ name }) => ({
      name,
      height: gauges?.get('ledger_blockchain_height', name),
      leader:
        gauges !== undefined &&
        'consenterId' in node &&
        leads(gauges, name, consensus, node.consenterId),
    }));
}
