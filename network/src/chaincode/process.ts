import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NetworkError } from '../errors.js';
import type { PeerPlan, Plan } from '../plan/index.js';
import type { ProcessSpec } from '../processes/index.js';
import { chaincodeLink } from './link.js';

/**
 * The process that runs the contracts beside a peer: fabric-shim's own server on this Node, with the
 * consortium root in VEINLEDGER_ROOT.
 * @throws NetworkError FILE_MISSING when the chaincode's package has no fabric-shim
 */
export function chaincodeProcess(
  plan: Plan,
  peer: PeerPlan,
  chaincodeDir: string,
  packageId: string,
): ProcessSpec {
  const link = chaincodeLink(plan, peer);
  return {
    name: peer.chaincodeName,
    command: process.execPath,
    args: [
      shimServer(chaincodeDir),
      'server',
      ...['--module-path', chaincodeDir],
      ...['--chaincode-address', `${plan.profile.host}:${peer.chaincodePort}`],
      ...['--chaincode-id', packageId],
      ...['--chaincode-tls-cert-file', link.serverCertificate],
      ...['--chaincode-tls-key-file', link.serverKey],
      ...['--chaincode-tls-client-cacert-file', link.authority],
    ],
    env: {
      CORE_PEER_LOCALMSPID: peer.member.mspId,
      VEINLEDGER_ROOT: plan.files.root,
    },
    logFile: plan.files.log(peer.chaincodeName),
  };
}

function shimServer(chaincodeDir: string): string {
  try {
    return createRequire(join(chaincodeDir, 'package.json')).resolve('fabric-shim/cli.js');
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `${chaincodeDir} has no fabric-shim: run npm ci`, {
      cause,
    });
  }
}
