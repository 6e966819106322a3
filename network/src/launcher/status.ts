import { resolve } from 'node:path';
import { NetworkError } from '../errors.js';
import { planNetwork } from '../plan/index.js';
import { ProcessRecords } from '../processes/index.js';
import { readGauge } from './metrics.js';
import { readManifest } from './manifest.js';

/** One process of a network. */
export interface NodeStatus {
  readonly name: string;
  readonly mspId: string;
  /** the port that it serves */
  readonly port: number;
  /** undefined when it does not run */
  readonly pid: number | undefined;
  /** blocks of the channel it holds; undefined for chaincode and for a node that does not answer */
  readonly height: number | undefined;
  /** whether the ordering nodes follow it */
  readonly leader: boolean;
}

/**
 * Asks every node of a network how it is.
 * @throws NetworkError FILE_MISSING when the home folder has no network
 */
export async function networkStatus(homeDir: string): Promise<NodeStatus[]> {
  const home = resolve(homeDir);
  const made = await readManifest(home);
  if (made === undefined) throw new NetworkError('FILE_MISSING', `${home} has no network`);
  const plan = planNetwork(made.profile, home, made.portBase);
  const { host, channel } = made.profile;
  const records = new ProcessRecords(plan.files.records);
  const gauge = (port: number, name: string) => readGauge(`${host}:${port}`, name, channel);

  const orderers = await Promise.all(
    plan.orderers.map(async ({ name, member, ports, consenterId }) => ({
      name,
      mspId: member.mspId,
      port: ports.client,
      pid: records.living(name)?.pid,
      height: await height(gauge, ports.operations),
      leader: (await gauge(ports.operations, 'consensus_BFT_leader_id')) === consenterId,
    })),
  );
  const peers = await Promise.all(
    plan.peers.map(async ({ name, member, ports }) => ({
      name,
      mspId: member.mspId,
      port: ports.client,
      pid: records.living(name)?.pid,
      height: await height(gauge, ports.operations),
      leader: false,
    })),
  );
  const chaincode = plan.peers.map(({ chaincodeName, member, chaincodePort }) => ({
    name: chaincodeName,
    mspId: member.mspId,
    port: chaincodePort,
    pid: records.living(chaincodeName)?.pid,
    height: undefined,
    leader: false,
  }));
  return [...orderers, ...peers, ...chaincode];
}

async function height(
  gauge: (port: number, name: string) => Promise<number | undefined>,
  port: number,
): Promise<number | undefined> {
  return gauge(port, 'ledger_blockchain_height');
}
