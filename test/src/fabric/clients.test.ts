import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connectFabric,
  type Submitter,
  type FabricClientName,
  LedgerSubmitter,
  type Person,
  registrarOf,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CommandRecord } from '@veinledger/domain';
import type { Commit } from '@veinledger/ledger';
import type { Mismatch } from '@veinledger/ledger/fabric-gateway';
import { startNode, stopNode } from '@veinledger/network';
import { readWallet, type WalletEntry } from '@veinledger/network/identities';
import { type LoadedCommand, signOne } from '../crash/load.js';
import { Receiver } from '../support/receiver.fixture.js';
import { killLeft } from '../operations/deployed.fixture.js';
import { editStateOf } from '../support/edit-state.js';
import { type FabricBench, fabricBench, PATIENT_DEADLINES } from '../support/fabric.js';
import { type Trace, World } from '../support/world.js';
import { KilledGateway } from './killed-gateway.fixture.js';
import { queryAsInReadme } from './readme-query.fixture.js';

const CLIENTS: readonly FabricClientName[] = ['fabric-gateway', 'fabric-network'];
const PARTIES = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP'];

/** A client library on the network, and what it said of members that differ. */
interface Client {
  readonly submitter: LedgerSubmitter;
  readonly mismatches: Mismatch[];
}

describe('a network, reached through fabric-gateway and through fabric-network', () => {
  let folder: string;
  let bench: FabricBench;
  let world: World;
  let home: string;
  /** of which the README's query tells, which names the first therapy of all */
  let ordered: TherapyJourney;
  let journeys: readonly TherapyJourney[];
  /** of which nothing is edited */
  let sampled: TherapyJourney;
  let signed = 0;
  let wallet: readonly WalletEntry[];
  const clients = new Map<FabricClientName, Client>();

  async function open(name: FabricClientName): Promise<Client> {
    const mismatches: Mismatch[] = [];
    const ledger = await connectFabric(bench.connection, undefined, name, {
      deadlines: PATIENT_DEADLINES,
      onMismatch: (mismatch) => void mismatches.push(mismatch),
    });
    const { network } = bench.consortium.root;
    return { submitter: new LedgerSubmitter({ ledger, network, wallet }), mismatches };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-clients-'));
    bench = await fabricBench();
    home = join(bench.home.directory, 'network');
    world = await World.open(bench);
    wallet = (await readWallet(bench.wallet)).entries;
    for (const name of CLIENTS) clients.set(name, await open(name));
    ordered = await world.orderedTherapy();
    journeys = await Promise.all(CLIENTS.map(() => world.sampledTherapy()));
    sampled = await world.sampledTherapy();
  });
  afterAll(async () => {
    killLeft();
    for (const { submitter } of clients.values()) await submitter.ledger.close();
    await bench.close();
    await rm(folder, { recursive: true });
  });

  const clientOf = (name: FabricClientName): Client => {
    const client = clients.get(name);
    if (client) return client;
    throw new Error(`no client ${name}`);
  };
  /** Signed when it is needed: on a busy machine one that was signed at the start would be late. */
  const next = (): Promise<LoadedCommand> => signOne(world, sampled, signed++);
  /** Hands in a command whose endorsers are named, and one whose endorsers the ledger chooses. */
  async function submitTwo(name: FabricClientName): Promise<readonly Commit[]> {
    const { ledger } = clientOf(name).submitter;
    const [first, second] = [await next(), await next()];
    const named = { ...first.invocation, endorsers: PARTIES };
    return [await ledger.submit(named), await ledger.submit(second.invocation)];
  }

  test.each(['peer.hospital', 'chaincode.hospital', 'peer.lab', 'orderer.hospital'])(
    'has its commands delayed and not failed while %s is down',
    async (node) => {
      await stopNode(home, node);
      try {
        for (const name of CLIENTS) {
          const commits = await submitTwo(name);
          expect(commits.map(({ block }) => block > 0)).toEqual([true, true]);
        }
      } finally {
        await startNode(home, node);
      }
    },
  );

  test('shows a therapy’s trace to Fabric’s own command line, asked by exactly what the README says', async () => {
    const trace = await queryAsInReadme(bench, ordered.coi);
    expect(trace.therapy).toMatchObject({ coi: ordered.coi, patient: 'patient-1' });
    expect(trace.records.map(({ type }) => type)).toEqual(['therapy:OrderTherapy']);
  });

  test('shows both the same blocks, and no member that differs', async () => {
    const [one, other] = await Promise.all(
      CLIENTS.map(async (name) => {
        const { ledger } = clientOf(name).submitter;
        const numbers: string[] = [];
        for await (const { number, previousHash } of ledger.blocks())
          numbers.push(`${number} ${previousHash}`);
        return numbers;
      }),
    );
    expect(one).toEqual(other);
    expect(CLIENTS.flatMap((name) => clientOf(name).mismatches)).toEqual([]);
  });

  test.each(CLIENTS)(
    'has listeners go on by an event’s id after their gateway was killed, and webhooks too: %s',
    async (client) => {
      const { cast } = world;
      const senders: readonly Person[] = [
        cast.collector,
        registrarOf(bench.consortium, 'HospitalMSP'),
      ];
      const receiver = await Receiver.start();
      const gateway = await KilledGateway.start({
        folder: join(folder, client),
        bench,
        client,
        people: { senders, listener: cast.auditor },
      });
      try {
        await gateway.register(receiver.url);
        const commands = await Promise.all(Array.from({ length: 12 }, next));
        const listening = gateway.listenFor(commands);
        await gateway.submit(commands.slice(0, 6));
        const later = gateway.submit(commands.slice(6));
        await gateway.killAndStart();
        await later;
        const heard = await listening;
        expect(gateway.kills).toBe(1);
        expect(new Set(heard.ids).size).toBe(heard.ids.length);
        expect(heard.commands).toEqual([...new Set(heard.commands)]);
        const wanted = commands.map(({ commandId }) => commandId);
        expect(heard.commands).toEqual(expect.arrayContaining(wanted));
        await receiver.until((deliveries) => {
          const delivered = new Set(deliveries.map(({ message }) => message.data.commandId));
          return wanted.every((id) => delivered.has(id));
        });
        const deliveries = [...new Set(receiver.deliveries.map(({ id }) => id))];
        const from = heard.ids.indexOf(deliveries[0] ?? '');
        expect(deliveries).toEqual(heard.ids.slice(from, from + deliveries.length));
      } finally {
        await gateway.stop();
        await receiver.close();
      }
    },
  );

  test('has the member named whose peer’s state was edited on disk, and goes on without it', async () => {
    await stopNode(home, 'peer.lab');
    for (const { things } of journeys) {
      await editStateOf(home, 'peer.lab', things.tumour, ['HospitalMSP', 'HospitalMSQ']);
    }
    await startNode(home, 'peer.lab');
    for (const [at, name] of CLIENTS.entries()) {
      // one that has not seen the peer down, and waits for it to endorse again
      const { submitter, mismatches } = await open(name);
      const { invocation } = await next();
      await submitter.ledger.submit({ ...invocation, endorsers: PARTIES.slice(0, 2) });
      const { cast } = world;
      const patient = journeys[at]?.patient ?? cast.collector;
      const journey = new TherapyJourney({
        submitter: naming(submitter),
        cast,
        patient,
        serial: at + 2,
      });
      await journey.release(journey.things.tumour, cast.collector, 'CourierMSP');
      expect(mismatches).toMatchObject([{ differing: ['LabMSP'] }]);
      // read where it was written: another client's peer may be a block behind
      const reader = { mspId: 'HospitalMSP', label: 'nurse' };
      const trace = await submitter.read<Trace>(reader, 'audit:TraceTherapy', journey.coi);
      expect(trace.things).toContainEqual(
        expect.objectContaining({
          id: journey.things.tumour,
          holder: expect.objectContaining({ organisation: 'HospitalMSP' }),
          custody: 'in-transit',
        }),
      );
      await submitter.ledger.close();
    }
  });
});

/** A submitter whose commands every party may endorse, the member with the edited state among the first two. */
function naming(submitter: LedgerSubmitter): Submitter {
  return {
    network: submitter.network,
    submit: async (person, message) => {
      const invocation = { ...submitter.invocation(person, message), endorsers: PARTIES };
      const { result, block } = await submitter.ledger.submit(invocation);
      return { receipt: JSON.parse(result) as CommandRecord, block };
    },
  };
}
