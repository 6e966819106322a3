import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpSubmitter, openForBusiness, startFabricGateways, startFromFile } from '#scripts';
import { afterAll, beforeAll } from '@jest/globals';
import { networkStatus, readConnection, startNetwork, stopNetwork } from '@veinledger/network';
import { loadProfile, profileFile } from '@veinledger/network/profile';
import { foundHomesApart, type HomesApart } from './homes-apart.js';

/** Members with a peer and an ordering node each. */
export const MEMBERS = ['hospital', 'lab', 'manufacturer'] as const;
export type MemberId = (typeof MEMBERS)[number];

const PATIENCE_MS = 600_000;

/** Three members who share no folder, on Raft, and gateways of the first two, each on its own member's files alone. */
export class RunningApart {
  /** gateways' URLs by MSP id */
  readonly urls = new Map<string, string>();
  readonly #closing: (() => Promise<unknown>)[] = [];
  #founded: { readonly directory: string; readonly homes: HomesApart } | undefined;

  /** The network of one file's tests: it is open for business before the first of them, and gone after the last. */
  static forSuite(): RunningApart {
    const apart = new RunningApart();
    beforeAll(() => apart.#start());
    afterAll(() => apart.#close());
    return apart;
  }

  get directory(): string {
    return this.#network.directory;
  }

  get homes(): HomesApart {
    return this.#network.homes;
  }

  homeOf(id: MemberId): string {
    return this.homes.homeOf(id);
  }

  /** Starts a member's nodes, or what is missing of them; gives what was said. */
  async up(
    id: MemberId,
    first: { readonly members?: readonly string[]; readonly from?: string } = {},
  ): Promise<string[]> {
    const said: string[] = [];
    const log = (line: string) => said.push(line);
    await startNetwork({ home: this.homeOf(id), patienceMs: PATIENCE_MS, log, ...first });
    return said;
  }

  /** A member's chaincode processes, and how they are. */
  async chaincodesOf(id: MemberId): Promise<string[]> {
    const nodes = await networkStatus(this.homeOf(id));
    const chaincodes = nodes.filter(({ kind }) => kind === 'chaincode');
    return chaincodes.map(({ name, state }) => `${name} ${state}`);
  }

  get #network() {
    if (this.#founded === undefined) throw new Error('expected to be asked in a test or a hook');
    return this.#founded;
  }

  /** Founds the network, each member starting its own nodes, and opens it for business. */
  async #start(): Promise<void> {
    const directory = await mkdtemp(join(tmpdir(), 'veinledger-apart-'));
    const shipped = await loadProfile(profileFile('raft'));
    const members = shipped.members.filter(({ id }) => MEMBERS.some((each) => each === id));
    const homes = await foundHomesApart(directory, { ...shipped, members });
    this.#founded = { directory, homes };
    const from = homes.handedOver;
    await Promise.all(MEMBERS.map((id) => this.up(id, { members: [id], from })));
    for (const member of members.slice(0, 2)) {
      const connection = await readConnection(join(homes.homeOf(member.id), 'connection.json'));
      const home = { directory: join(directory, member.id), rootFile: homes.rootFile };
      const own = await startFabricGateways(home, connection, [member], startFromFile);
      this.#closing.push(() => own.close());
      for (const [mspId, { url }] of own.byMember) this.urls.set(mspId, url);
    }
    const { network } = homes.consortium.root;
    const url = this.urls.get('HospitalMSP') ?? '';
    await openForBusiness(new HttpSubmitter({ url, network }), homes.consortium);
  }

  /** Also after a start that failed half way. */
  async #close(): Promise<void> {
    if (this.#founded === undefined) return;
    for (const close of this.#closing) await close();
    await Promise.all(MEMBERS.map((id) => stopNetwork({ home: this.homeOf(id) })));
    await rm(this.directory, { recursive: true, force: true });
  }
}
