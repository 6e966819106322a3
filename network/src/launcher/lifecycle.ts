import type { Fabric } from '../binaries/index.js';
import { endorsementPolicy } from '../config/index.js';
import { NetworkError } from '../errors.js';
import type { PeerPlan, Plan } from '../plan/index.js';
import { ordererArguments, peerCommand } from './peer-command.js';

const LIFECYCLE = ['lifecycle', 'chaincode'];

/** Installs the package on a peer; installing it again changes nothing. */
export async function install(plan: Plan, fabric: Fabric, peer: PeerPlan): Promise<void> {
  const args = [...LIFECYCLE, 'install', plan.files.package];
  await peerCommand(plan, fabric, peer, args, /already successfully installed/);
}

/** Whether the channel has a definition of the chaincode. */
export async function isCommitted(plan: Plan, fabric: Fabric, peer: PeerPlan): Promise<boolean> {
  const args = [...LIFECYCLE, 'querycommitted', ...names(plan)];
  const output = await peerCommand(plan, fabric, peer, args, /is not defined/);
  return !output.includes('is not defined');
}

/** Approves the definition for a peer's organisation. */
export async function approve(
  plan: Plan,
  fabric: Fabric,
  peer: PeerPlan,
  packageId: string,
): Promise<void> {
  const args = [...LIFECYCLE, 'approveformyorg', '--package-id', packageId];
  await peerCommand(
    plan,
    fabric,
    peer,
    [...args, ...definition(plan), ...ordererArguments(plan)],
    /with unchanged content/,
  );
}

/** Commits the definition that the organisations approved, with an endorsement of every peer. */
export async function commit(plan: Plan, fabric: Fabric): Promise<void> {
  const [first] = plan.peers;
  if (first === undefined) throw new NetworkError('PROFILE_INVALID', 'no member has a peer');
  const endorsers = plan.peers.flatMap((peer) => [
    ...['--peerAddresses', `${plan.profile.host}:${peer.ports.client}`],
    ...['--tlsRootCertFiles', plan.files.tlsAuthority(peer.member).certificate],
  ]);
  const args = [
    ...LIFECYCLE,
    'commit',
    ...definition(plan),
    ...ordererArguments(plan),
    ...endorsers,
  ];
  await peerCommand(plan, fabric, first, args, /but new definition must be sequence 2/);
}

/** Asks the contracts on one peer for their metadata, which shows that chaincode answers there. */
export async function answers(plan: Plan, fabric: Fabric, peer: PeerPlan): Promise<boolean> {
  const call = JSON.stringify({ Args: ['org.hyperledger.fabric:GetMetadata'] });
  try {
    await peerCommand(plan, fabric, peer, ['chaincode', 'query', ...names(plan), '--ctor', call]);
    return true;
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'COMMAND_FAILED') return false;
    throw error;
  }
}

function names(plan: Plan): string[] {
  return ['--channelID', plan.profile.channel, '--name', plan.profile.chaincode.name];
}

function definition(plan: Plan): string[] {
  const policy = endorsementPolicy(plan.profile);
  const { version } = plan.profile.chaincode;
  return [...names(plan), '--version', version, '--sequence', '1', '--signature-policy', policy];
}
