import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { channelOf, type Committed, type Person, type SignedMessage } from '#scripts';
import type { CommandRecord } from '@veinledger/domain';
import { type Connection, requireFabric } from '@veinledger/network';
import type { FabricBench } from './fabric.js';

const run = promisify(execFile);
const TIMEOUT = 300_000;

/** What a call of Fabric's own command line is made of. */
export interface PeerCall {
  readonly mspId: string;
  /** the wallet's name of the identity that calls */
  readonly label: string;
  readonly function: string;
  readonly args: readonly string[];
  /** MSP ids of the peers that endorse; all of them when left out */
  readonly endorsers?: readonly string[];
}

/** Fabric's own `peer` with members' client identities: no gateway of ours, and no client library. */
export class PeerCli {
  readonly #connection: Connection;
  readonly #wallet: string;
  readonly #peer: string;
  readonly #config: string;
  readonly #folder: string;

  private constructor(parts: {
    connection: Connection;
    wallet: string;
    peer: string;
    config: string;
    folder: string;
  }) {
    this.#connection = parts.connection;
    this.#wallet = parts.wallet;
    this.#peer = parts.peer;
    this.#config = parts.config;
    this.#folder = parts.folder;
  }

  static async of({ connection, wallet, home }: FabricBench): Promise<PeerCli> {
    const { binDir } = await requireFabric();
    const files = await readdir(home.directory, { recursive: true });
    const core = files.find((file) => file.endsWith('core.yaml'));
    if (core === undefined) throw new Error(`no core.yaml below ${home.directory}`);
    return new PeerCli({
      connection,
      wallet,
      peer: join(binDir, 'peer'),
      config: dirname(join(home.directory, core)),
      folder: await mkdtemp(join(tmpdir(), 'veinledger-peer-cli-')),
    });
  }

  /**
   * Has peers endorse a call, has it ordered, and waits until it is committed.
   * @throws Error with everything that `peer` said when it is not committed as valid
   */
  async invoke(call: PeerCall): Promise<string> {
    const endorsing = this.#peers(call.endorsers);
    const targets = endorsing.flatMap(({ endpoint, tlsCaCertificate }) => [
      ...['--peerAddresses', endpoint, '--tlsRootCertFiles', tlsCaCertificate],
    ]);
    const [orderer] = this.#connection.orderers;
    if (orderer === undefined) throw new Error('the network has no ordering node');
    const args = [
      ...['chaincode', 'invoke', ...this.#call(call), ...targets, '--waitForEvent'],
      ...['--orderer', orderer.endpoint, '--tls', '--cafile', orderer.tlsCaCertificate],
    ];
    return this.#run(call, args);
  }

  /** Hands in a signed command; gives the receipt. */
  async submit(
    person: Person,
    { type, jws }: SignedMessage,
    as: Partial<PeerCall> = {},
  ): Promise<Committed> {
    const [label = ''] = person.roles;
    const call = { mspId: person.organisation, label, function: type, args: [jws], ...as };
    const said = await this.invoke(call);
    const payload = /payload:("(?:[^"\\]|\\.)*")/u.exec(said)?.[1];
    if (payload === undefined) throw new Error(`no receipt in ${said}`);
    return { receipt: JSON.parse(JSON.parse(payload) as string) as CommandRecord, block: 0 };
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  #call(call: PeerCall): string[] {
    const { name, chaincode } = channelOf(this.#connection);
    const ctor = JSON.stringify({ Args: [call.function, ...call.args] });
    return ['--channelID', name, '--name', chaincode.name, '--ctor', ctor];
  }

  #peers(mspIds?: readonly string[]): Connection['peers'] {
    const names = channelOf(this.#connection).peers;
    return this.#connection.peers.filter(
      ({ name, mspId }) => names.includes(name) && (mspIds?.includes(mspId) ?? true),
    );
  }

  async #run(call: PeerCall, args: readonly string[]): Promise<string> {
    const [peer] = this.#peers(call.endorsers);
    if (peer === undefined) throw new Error('the network has no such peer');
    const env = {
      FABRIC_CFG_PATH: this.#config,
      CORE_PEER_TLS_ENABLED: 'true',
      CORE_PEER_ADDRESS: peer.endpoint,
      CORE_PEER_TLS_ROOTCERT_FILE: peer.tlsCaCertificate,
      CORE_PEER_LOCALMSPID: call.mspId,
      CORE_PEER_MSPCONFIGPATH: await this.#mspOf(call),
    };
    try {
      const { stdout, stderr } = await run(this.#peer, args, { env, timeout: TIMEOUT });
      return `${stdout}${stderr}`;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`${stdout}${stderr}` || String(error), { cause: error });
    }
  }

  /** The folder in which `peer` looks for an identity and for what it descends from. */
  async #mspOf({ mspId, label }: PeerCall): Promise<string> {
    const folder = join(this.#folder, mspId, label);
    const member = this.#connection.members.find((each) => each.mspId === mspId);
    if (member === undefined) throw new Error(`${mspId} is no member`);
    for (const name of ['cacerts', 'signcerts', 'keystore']) {
      await mkdir(join(folder, name), { recursive: true });
    }
    await copyFile(member.caCertificate, join(folder, 'cacerts', 'ca.pem'));
    const held = join(this.#wallet, mspId, label);
    await copyFile(join(held, 'cert.pem'), join(folder, 'signcerts', 'cert.pem'));
    await copyFile(join(held, 'key.pem'), join(folder, 'keystore', 'key.pem'));
    await writeFile(join(folder, 'config.yaml'), JSON.stringify(NODE_OUS));
    return folder;
  }
}

const unit = (name: string) => ({
  Certificate: 'cacerts/ca.pem',
  OrganizationalUnitIdentifier: name,
});

/** JSON is YAML. */
const NODE_OUS = {
  NodeOUs: {
    Enable: true,
    ClientOUIdentifier: unit('client'),
    PeerOUIdentifier: unit('peer'),
    AdminOUIdentifier: unit('admin'),
    OrdererOUIdentifier: unit('orderer'),
  },
};
