import type { ChaincodePlan, PeerPlan } from '../plan/index.js';
import type { ProcessSpec } from '../processes/index.js';
import { chaincodeLink } from './link.js';

/** Room for what transactions leave behind: with less of it, collecting takes a twelfth of the process's time. */
const YOUNG_MIB = 64;

/** What a chaincode process runs, by the files that all members have. */
export interface ChaincodeSoftware {
  readonly packageId: string;
  readonly bundleFile: string;
  /** the channel's consortium root */
  readonly rootFile: string;
}

/**
 * The process that runs a channel's contracts beside a peer: the bundle on this Node, with the consortium root
 * in VEINLEDGER_ROOT. It may read these files and no other, write none, and start no program.
 */
export function chaincodeProcess(
  peer: PeerPlan,
  chaincode: ChaincodePlan,
  { packageId, bundleFile, rootFile }: ChaincodeSoftware,
): ProcessSpec {
  const link = chaincodeLink(peer, chaincode);
  const readable = [
    ...[bundleFile, rootFile],
    ...[link.serverCertificate, link.serverKey, link.authority],
  ];
  return {
    name: chaincode.name,
    command: process.execPath,
    args: [
      `--max-semi-space-size=${YOUNG_MIB}`,
      ...['--permission', ...readable.map((file) => `--allow-fs-read=${file}`), bundleFile],
    ],
    env: {
      CORE_PEER_LOCALMSPID: peer.member.mspId,
      VEINLEDGER_ROOT: rootFile,
      CHAINCODE_ID: packageId,
      CHAINCODE_SERVER_ADDRESS: `${peer.host}:${chaincode.port}`,
      CHAINCODE_TLS_CERT: link.serverCertificate,
      CHAINCODE_TLS_KEY: link.serverKey,
      CHAINCODE_CLIENT_CA_CERT: link.authority,
    },
    logFile: peer.files.log(chaincode.name),
  };
}
