import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { requireFabric, type Fabric } from '../binaries/index.js';
import { verifyLedgers, type LedgerReader, type VerificationReport } from '../compare/index.js';
import { NetworkError } from '../errors.js';
import { readWallet } from '../identities/index.js';
import { planNetwork, type ChannelPlan, type MemberPlan, type PeerPlan } from '../plan/index.js';
import { requireManifest } from './manifest.js';
import { peerCommand } from './peer-command.js';

const AGREED_BLOCK_MS = 600_000;

/** Whose ledgers to compare, and from where one stands. */
export interface VerifyOptions {
  readonly home: string;
  /** every channel when left out */
  readonly channel?: string | undefined;
  /** the id of the member that one stands for; every member of this home when left out */
  readonly member?: string | undefined;
  /** the block as of which states are written, and no other; the last, or a later one, when left out */
  readonly block?: number | undefined;
  /** how long to wait for that block, milliseconds; ten minutes when left out */
  readonly patienceMs?: number | undefined;
  /** where this home's states are left for other members: a folder for each channel, in it one for each peer */
  readonly keepStates?: string | undefined;
  /** folders of states that members left, compared instead of this home's */
  readonly states?: readonly string[] | undefined;
  readonly fabric?: Fabric;
  readonly log?: (line: string) => void;
  /** when aborted, the block is not waited for any more */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares members' ledgers on each channel: blocks, states and code.
 * @throws NetworkError FILE_MISSING, FABRIC_NOT_FOUND, COMMAND_FAILED, NETWORK_DIFFERS when the states that were
 * left are not of two of the channel's peers
 */
export async function verifyNetwork(options: VerifyOptions): Promise<VerificationReport[]> {
  const { log = () => undefined } = options;
  const home = resolve(options.home);
  const { profile } = await requireManifest(home);
  const plan = planNetwork(profile, home);
  const here = plan.members.filter((each) => isHere(each, options.member));
  const compared = plan.channels.flatMap((channel) => {
    const members = here.filter((each) => channel.members.includes(each));
    const [reader] = members;
    const isWanted = options.channel === undefined || options.channel === channel.name;
    return isWanted && reader !== undefined ? [{ channel, members, reader }] : [];
  });
  if (compared.length === 0) {
    const wanted = [options.channel, options.member].filter((each) => each !== undefined);
    throw new NetworkError(
      'FILE_MISSING',
      `${home}: expected a member of ${wanted.join(', ') || 'a channel'}, found none`,
    );
  }
  const fabric = options.fabric ?? (await requireFabric({ log }));
  const reports: VerificationReport[] = [];
  for (const { channel, members, reader } of compared) {
    reports.push(
      await verifyLedgers({
        ...{ channel: channel.name, chaincode: profile.chaincode.name },
        peers: channel.peers.map(comparedPeer),
        reader: await readerOf(reader),
        own: ownPeers(channel, members, fabric),
        ledgerutil: join(fabric.binDir, 'ledgerutil'),
        ...{ block: options.block, patienceMs: options.patienceMs ?? AGREED_BLOCK_MS },
        ...{ keepStates: options.keepStates, states: options.states, log },
        signal: options.signal,
      }),
    );
  }
  return reports;
}

function isHere({ member, files }: MemberPlan, wanted: string | undefined): boolean {
  return (wanted === undefined || member.id === wanted) && existsSync(files.dir);
}

function comparedPeer({ name, member, host, hostname, ports, shared }: PeerPlan) {
  return {
    ...{ name, mspId: member.mspId, serverName: hostname },
    endpoint: `${host}:${ports.client}`,
    tlsCaCertificate: shared.tlsAuthority,
  };
}

async function readerOf({ member, files }: MemberPlan): Promise<LedgerReader> {
  return (await readWallet(files.wallet)).get(member.mspId, 'registrar');
}

function ownPeers(channel: ChannelPlan, members: readonly MemberPlan[], fabric: Fabric) {
  const peers = members.flatMap(({ peer }) => peer ?? []);
  return channel.peers
    .filter((peer) => peers.includes(peer))
    .map((peer) => ({
      ...{ name: peer.name, mspId: peer.member.mspId },
      run: (args: readonly string[], accept?: RegExp) => peerCommand(fabric, peer, args, accept),
      address: [
        ...['--peerAddress', `${peer.host}:${peer.ports.client}`],
        ...['--tlsRootCertFile', peer.shared.tlsAuthority],
      ],
      snapshotsDir: join(peer.files.data(peer.name), 'snapshots'),
    }));
}
