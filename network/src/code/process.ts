import type { PeerPlan, Plan } from '../plan/index.js';
import type { ProcessSpec } from '../processes/index.js';
import { chaincodeLink } from './link.js';

/**
 * The process that runs the contracts beside a peer: the bundle on this Node, with the consortium root in
 * VEINLEDGER_ROOT. It may read these files and no other, write none, and start no program.
 */
export function chaincodeProcess(plan: Plan, peer: PeerPlan, packageId: string): ProcessSpec {
  const link = chaincodeLink(plan, peer);
  const { root, bundle } = plan.files;
  const readable = [bundle, root, link.serverCertificate, link.serverKey, link.authority];
  return {
    name: peer.chaincodeName,
    command: process.execPath,
    args: ['--permission', ...readable.map((file) => `--allow-fs-read=${file}`), bundle],
    env: {
      CORE_PEER_LOCALMSPID: peer.member.mspId,
      VEINLEDGER_ROOT: root,
      CHAINCODE_ID: packageId,
      CHAINCODE_SERVER_ADDRESS: `${plan.profile.host}:${peer.chaincodePort}`,
      CHAINCODE_TLS_CERT: link.serverCertificate,
      CHAINCODE_TLS_KEY: link.serverKey,
      CHAINCODE_CLIENT_CA_CERT: link.authority,
    },
    logFile: plan.files.log(peer.chaincodeName),
  };
}
