import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConsortiumRoot } from '@veinledger/domain';
import type { SubmitterIdentity } from '@veinledger/ledger';
import { channelOf as channelOfGenesis, PeerMember } from '@veinledger/ledger/fabric-audit';
import { type RawBlock, readRawBlock } from '@veinledger/ledger/fabric-gateway';
import { type Connection, readConnection } from '@veinledger/network';
import { readWallet } from '@veinledger/network/identities';
import { channelOf } from '../development/open-fabric.js';
import { readRootFile } from '../verify/root-file.js';

/** What an auditor trusts, and whom it asks: by a file that describes a network, or one by one. */
export interface AuditSources {
  /** two or more: names or MSP ids of the connection file, or `host:port[=server-name]` */
  readonly peers: readonly string[];
  readonly connection: string | undefined;
  /** a channel of the connection; its first when left out */
  readonly channel: string | undefined;
  /** the channel's first block */
  readonly genesis: string | undefined;
  /** the consortium root that the members agreed on */
  readonly root: string | undefined;
  /** the folder of the auditor's `cert.pem` and `key.pem` */
  readonly identity: string | undefined;
  readonly msp: string | undefined;
  /** the authorities of the peers' TLS certificates, PEM, in one file */
  readonly tlsRoots: string | undefined;
  readonly chaincode: string | undefined;
}

/** What an audit needs, opened. */
export interface OpenSources {
  readonly members: readonly PeerMember[];
  readonly genesis: RawBlock;
  readonly root: ConsortiumRoot;
  readonly chaincode: string;
}

/** Throws an Error that names the option whose file is missing or cannot be read. */
export async function openSources(sources: AuditSources): Promise<OpenSources> {
  const connection =
    sources.connection === undefined ? undefined : await readConnection(sources.connection);
  const known = connection && channelOf(connection, sources.channel);
  const genesis = readRawBlock(
    await readGiven('--genesis', sources.genesis ?? known?.genesisBlock),
  );
  const root = await readRootFile(given('--root', sources.root ?? known?.rootFile));
  const reader = await readerOf(sources, connection);
  const chaincode = sources.chaincode ?? known?.chaincode.name ?? 'veinledger';
  const shared = { channel: channelOfGenesis(genesis), chaincode, reader };
  const members: PeerMember[] = [];
  for (const peer of sources.peers) {
    members.push(new PeerMember({ ...shared, ...(await addressOf(peer, sources, connection)) }));
  }
  return { members, genesis, root, chaincode };
}

async function readerOf(
  { identity, msp }: AuditSources,
  connection: Connection | undefined,
): Promise<SubmitterIdentity> {
  if (identity !== undefined) {
    return {
      mspId: given('--msp', msp),
      certificate: (await readGiven('--identity', join(identity, 'cert.pem'))).toString(),
      privateKey: (await readGiven('--identity', join(identity, 'key.pem'))).toString(),
    };
  }
  for (const { walletDir, mspId } of connection?.members ?? []) {
    if (walletDir === undefined || (msp !== undefined && msp !== mspId)) continue;
    const { entries } = await readWallet(walletDir);
    const auditor = entries.find(({ label }) => label === 'auditor');
    if (auditor !== undefined) return auditor.identity;
  }
  throw new Error('--identity: expected it, or an auditor of the connection; found neither');
}

type Address = ConstructorParameters<typeof PeerMember>[0];

async function addressOf(
  wanted: string,
  { tlsRoots }: AuditSources,
  connection: Connection | undefined,
): Promise<Pick<Address, 'name' | 'endpoint' | 'serverName' | 'tlsCaPem'>> {
  const known = connection?.peers.find((each) => namesOf(each, connection).includes(wanted));
  if (known !== undefined) {
    const { name, endpoint, serverName, tlsCaCertificate } = known;
    const roots = tlsRoots ?? tlsCaCertificate;
    const tlsCaPem = (await readGiven('--tls-roots', roots)).toString();
    return { name, endpoint, serverName, tlsCaPem };
  }
  const [, endpoint, serverName] = /^([^:=]+:\d{1,5})(?:=(.+))?$/u.exec(wanted) ?? [];
  if (endpoint === undefined) {
    const names = connection?.peers.map(({ name }) => name).join(', ') ?? 'host:port';
    throw new Error(`--peers: expected one of ${names}, found ${wanted}`);
  }
  const tlsCaPem = (await readGiven('--tls-roots', tlsRoots)).toString();
  return {
    name: endpoint,
    endpoint,
    tlsCaPem,
    ...(serverName === undefined ? {} : { serverName }),
  };
}

function namesOf(
  { name, mspId, endpoint }: Connection['peers'][number],
  { members }: Connection,
): readonly string[] {
  const ids = members.filter((each) => each.mspId === mspId).map(({ id }) => id);
  return [name, mspId, endpoint, ...ids];
}

function given(option: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new Error(`${option}: expected it, or --connection; found neither`);
}

async function readGiven(option: string, file: string | undefined): Promise<Buffer> {
  const path = given(option, file);
  return readFile(path).catch((cause: unknown) => {
    throw new Error(`${option}: expected a file that can be read, found ${path}`, { cause });
  });
}
