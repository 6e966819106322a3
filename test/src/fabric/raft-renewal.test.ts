import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { enrolmentBody, openForBusiness, registrarOf, signMessage } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateActorKeys } from '@veinledger/client/node';
import { networkStatus, renewCertificates, restartNode, stopNode } from '@veinledger/network';
import { type FabricBench, fabricBench } from '../support/fabric.js';
import { until } from '../support/until.js';

const CONSENTERS = ['hospital', 'lab', 'manufacturer'];
const DAYS_OF_A_YEAR = 366;
/** By so many commands of each member blocks come to more than ordering nodes hand each other at once, 2 MB. */
const MANY = 30;

describe('certificates of ordering nodes that agree by Raft', () => {
  let bench: FabricBench;
  let home: string;

  beforeAll(async () => {
    bench = await fabricBench({ profile: 'raft' });
    home = join(bench.home.directory, 'network');
    await openForBusiness(bench.submitter, bench.consortium);
  });
  afterAll(() => bench.close());

  /** Enrols somebody; returns when that is in a block. */
  async function enrol(id: string, mspId = 'HospitalMSP'): Promise<void> {
    const { network } = bench.submitter;
    const body = await enrolmentBody(network, { id, roles: ['registrar'] }, generateActorKeys());
    const registrar = registrarOf(bench.consortium, mspId);
    const message = await signMessage(network, registrar, { type: 'registry:EnrolActor', body });
    await bench.submitter.submit(registrar, message);
  }

  /** Has every member enrol so many, one after the other: of two at once by one registrar one conflicts. */
  async function enrolEverywhere(count: number): Promise<void> {
    const enrolling = bench.connection.members.map(async ({ id, mspId }) => {
      for (let index = 0; index < count; index += 1) await enrol(`${id}-${index}`, mspId);
    });
    await Promise.all(enrolling);
  }

  /** Enrols one after the other while something is done; gives how many. */
  async function enrolDuring(work: Promise<unknown>): Promise<number> {
    const state = { ended: false };
    const end = () => (state.ended = true);
    work.then(end, end);
    let count = 0;
    while (!state.ended) await enrol(`during-${(count += 1)}`);
    await work;
    return count;
  }

  const held = async (member: string) => {
    const file = join(home, 'members', member, 'identities', 'cluster', 'cert.pem');
    return new X509Certificate(await readFile(file)).fingerprint256;
  };
  /** The certificate that an ordering node shows to the others. */
  async function shown(member: string): Promise<string | undefined> {
    const nodes = await networkStatus(home);
    const port = (nodes.find(({ name }) => name === `orderer.${member}`)?.port ?? 0) + 1;
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()?.fingerprint256);
        socket.destroy();
      });
      socket.once('error', reject);
    });
  }

  /** An ordering node that does not lead, and is not a certain one. */
  async function follower(but?: string): Promise<string> {
    let found: string | undefined;
    await until('an ordering node to lead', async () => {
      const orderers = (await networkStatus(home)).filter(({ kind }) => kind === 'orderer');
      if (!orderers.some(({ leader }) => leader)) return false;
      found = orderers.find(({ leader, name }) => !leader && name !== but)?.name;
      return found !== undefined;
    });
    return found ?? '';
  }

  test('are replaced one node after the other, and the channel goes on committing', async () => {
    const before = await Promise.all(CONSENTERS.map(shown));
    const renewing = renewCertificates({ home, withinDays: DAYS_OF_A_YEAR });
    expect(await enrolDuring(renewing)).toBeGreaterThan(10);
    const renewed = (await renewing).filter(({ name }) => name === 'orderer cluster TLS');
    expect(renewed.map(({ member, left }) => [member, left])).toEqual(
      CONSENTERS.map((member) => [member, undefined]),
    );
    const after = await Promise.all(CONSENTERS.map(shown));
    expect(after).toEqual(await Promise.all(CONSENTERS.map(held)));
    expect(after.filter((each) => before.includes(each))).toEqual([]);
  });

  test('are what a node comes back with, which the next block then needs', async () => {
    await enrolEverywhere(MANY);
    const one = await follower();
    await restartNode(home, one);
    const member = one.replace('orderer.', '');
    expect(await shown(member)).toBe(await held(member));
    await stopNode(home, await follower(one));
    await enrol('by-two-nodes');
  });
});
