import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import { chaincodeProcess, writeBuilder, type ChaincodeCode } from '../code/index.js';
import { coreConfig, ordererConfig } from '../config/index.js';
import type { Plan } from '../plan/index.js';
import type { ProcessSpec } from '../processes/index.js';
import { writeJson } from './json.js';

/** What all nodes of a network run. */
export interface Software {
  readonly fabric: Fabric;
  readonly code: ChaincodeCode;
  readonly packageId: string;
}

/** Writes each node's configuration; it follows from the plan and the version of Fabric alone. */
export async function writeNodeConfigs(plan: Plan, software: Software): Promise<void> {
  const orderers = plan.orderers.map((orderer) =>
    writeJson(join(plan.files.config(orderer.name), 'orderer.yaml'), ordererConfig(plan, orderer)),
  );
  const peers = plan.peers.map(async (peer) => {
    const config = coreConfig(plan, peer, software.fabric.version);
    await writeJson(join(plan.files.config(peer.name), 'core.yaml'), config);
    await writeBuilder(plan, peer, software.code);
  });
  await Promise.all([...orderers, ...peers]);
}

/** Every process of a network: ordering nodes, peers, and chaincode beside each peer. */
export function nodeProcesses(plan: Plan, software: Software): ProcessSpec[] {
  const { files } = plan;
  const { binDir } = software.fabric;
  const orderers = plan.orderers.map((orderer) => ({
    name: orderer.name,
    command: join(binDir, 'orderer'),
    args: [],
    env: { FABRIC_CFG_PATH: files.config(orderer.name) },
    logFile: files.log(orderer.name),
  }));
  const peers = plan.peers.map((peer) => ({
    name: peer.name,
    command: join(binDir, 'peer'),
    args: ['node', 'start'],
    // the external builder's scripts need a shell's tools
    env: { FABRIC_CFG_PATH: files.config(peer.name), PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    logFile: files.log(peer.name),
  }));
  const chaincode = plan.peers.map((peer) => chaincodeProcess(plan, peer, software.packageId));
  return [...orderers, ...peers, ...chaincode];
}
