import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  acceptMember,
  admitMember,
  inviteMember,
  joinNetwork,
  networkStatus,
  startNetwork,
  stopNetwork,
  type Member,
  type StartOptions,
} from '@veinledger/network';
import { loadProfile } from '@veinledger/network/profile';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { foundHomesApart, type HomesApart } from '../support/homes-apart.js';
import { until } from '../support/until.js';

const directory = await mkdtemp(join(tmpdir(), 'veinledger-apart-'));
const shipped = await loadProfile();
const IDS = shipped.members.map(({ id }) => id);
const clinic: Member = {
  ...{ id: 'clinic', mspId: 'ClinicMSP', domain: 'clinic.example', host: '127.0.0.77' },
  ...{ country: 'DE', peer: true, orderer: false, roles: ['collector', 'registrar'] },
};
let homes: HomesApart;
const homeOf = (id: string) => homes.homeOf(id);

/** The manufacturer has a peer alone, and the payer orders in its place. */
const OWNERS_OF_ORDERING = ['hospital', 'lab', 'payer', 'regulator'];
const profile = {
  ...shipped,
  members: shipped.members.map((member) => ({
    ...member,
    orderer: OWNERS_OF_ORDERING.includes(member.id),
  })),
};
const NODES = profile.members.filter(({ peer, orderer }) => peer || orderer).map(({ id }) => id);

beforeAll(async () => {
  homes = await foundHomesApart(directory, profile);
});

afterAll(async () => {
  for (const id of [...IDS, clinic.id]) await stopNetwork({ home: homeOf(id) });
  await rm(directory, { recursive: true, force: true });
});

describe('a consortium whose members share no folder', () => {
  const start = (id: string, rest: Partial<StartOptions> = {}) =>
    startNetwork({ home: homeOf(id), members: [id], from: homes.handedOver, ...rest });

  test('tells a member with a peer alone which ordering nodes did not take its approval', async () => {
    await expect(start('manufacturer', { patienceMs: 10_000 })).rejects.toThrow(
      new RegExp(
        String.raw`^NODE_FAILED: programme: the approval of peer\.manufacturer was not taken within 10 s by ` +
          OWNERS_OF_ORDERING.map((id) => String.raw`orderer\.${id} at 127\.0\.0\.\d+:\d+`).join(
            ', ',
          ) +
          '$',
      ),
    );
  });

  test('commits its chaincode, each member having started its own nodes alone', async () => {
    const lines: string[] = [];
    const starting = [start('manufacturer', { log: (line) => lines.push(line) })];
    const said = async (text: string) => {
      while (!lines.some((line) => line.startsWith(text))) {
        await Promise.race([Promise.all(starting), delay(200)]);
      }
    };
    await said(
      'programme: the approval of peer.manufacturer was not taken yet by orderer.hospital at ',
    );
    starting.push(...['lab', 'payer', 'regulator'].map((id) => start(id)));
    await said('programme: veinledger approved by 1 members');
    starting.push(start('hospital'));
    const networks = await Promise.all(starting);
    expect(networks.map(({ connection }) => connection.channels[0]?.chaincode.sequence)).toEqual(
      NODES.map(() => 1),
    );
    for (const id of NODES) {
      const names = (await networkStatus(homeOf(id))).map(({ name }) => name);
      expect(names.every((name) => name.split('.')[1] === id)).toBe(true);
    }
  });

  test('admits a newcomer when more than half of its members have signed, each at home', async () => {
    const invitation = join(directory, 'invitation');
    await inviteMember(homeOf('hospital'), clinic, invitation);
    const half = await joinNetwork(homeOf(clinic.id), invitation);
    const signatures = join(directory, 'signatures');
    const results: boolean[] = [];
    for (const id of ['hospital', 'lab', 'manufacturer', 'regulator']) {
      results.push(await admitMember({ home: homeOf(id), half, signatures, members: [id] }));
    }
    expect(results).toEqual([false, false, false, true]);
  });

  test('whose newcomer catches up with the others, and answers', async () => {
    const { connection } = await startNetwork({ home: homeOf(clinic.id) });
    expect(connection.members.map(({ id }) => id)).toContain(clinic.id);
    const height = async (id: string) => {
      const nodes = await networkStatus(homeOf(id));
      return nodes.find(({ kind }) => kind === 'peer')?.height;
    };
    await until('the newcomer to have every block', async () => {
      const [own, theirs] = [await height(clinic.id), await height('hospital')];
      return own !== undefined && own === theirs;
    });
    expect(await height(clinic.id)).toBeGreaterThan(5);
  });

  test('keeps every private key on the machine that made it', async () => {
    const owners = new Map<string, string>();
    for (const id of [...IDS, clinic.id]) {
      const keys = await keysBelow(homeOf(id));
      expect(keys.length).toBeGreaterThan(3);
      for (const key of keys) {
        expect(owners.get(key) ?? id).toBe(id);
        owners.set(key, id);
      }
      expect(await keysBelow(join(homeOf(id), 'shared'))).toHaveLength(0);
    }
    const handedOver = [homes.handedOver, join(directory, 'invitation')];
    for (const dir of [...handedOver, ...homes.halves.values()]) {
      expect(await keysBelow(dir)).toHaveLength(0);
    }
  });

  test('takes in no public half that holds a private key', async () => {
    const half = homes.halves.get('lab') ?? '';
    const stray = join(half, 'msp', 'cacerts', 'key.pem');
    await writeFile(stray, '-----BEGIN PRIVATE KEY-----\n');
    await expect(acceptMember(homes.founder, half)).rejects.toThrow(
      `NETWORK_DIFFERS: ${stray}: expected certificates alone in a public half`,
    );
    await rm(stray);
  });
});

/** PEM, also where it stands in JSON; not the words alone, which the chaincode's bundle has too. */
const KEY = /-----BEGIN (?:EC )?PRIVATE KEY-----(?:\n|\\n)([A-Za-z0-9+/=\n\\]{60,})-----END/gu;

async function keysBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'));
  return (await Promise.all(texts)).flatMap((text) =>
    [...text.matchAll(KEY)].map(([, key = '']) => key.replaceAll(/\\n|\n/gu, '')),
  );
}
