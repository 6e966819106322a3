import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DevelopmentConsortium,
  enrol,
  fabricSection,
  foundHome,
  type Home,
  homeAt,
  HttpSubmitter,
  ownWallet,
  type Person,
  registrarOf,
  rootDigestOf,
  send,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { type RunningNetwork, startNetwork } from '@veinledger/network';
import { loadProfile, profileFile } from '@veinledger/network/profile';
import {
  type DeployedProcess,
  killLeft,
  startDeployedFrom,
} from '../operations/deployed.fixture.js';

/** A hospital that takes part in both programmes. */
const HOSPITAL = 'HospitalSouthMSP';
const CHANNELS = ['melanoma', 'glioblastoma'] as const;
type Channel = (typeof CHANNELS)[number];

describe('a hospital’s gateway in two programmes, on a real network of two channels', () => {
  let folder: string;
  let network: RunningNetwork;
  let gateway: DeployedProcess;
  const consortia = new Map<Channel, DevelopmentConsortium>();
  const clinicians = new Map<Channel, Person>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-programmes-'));
    const profile = await loadProfile(profileFile('programmes'));
    const homes = new Map<Channel, Home>();
    for (const channel of CHANNELS) {
      const home = homeAt(join(folder, channel));
      const named = profile.channels.find(({ name }) => name === channel)?.members ?? [];
      const members = profile.members.filter(({ id }) => named.includes(id));
      consortia.set(channel, await foundHome(home, members));
      homes.set(channel, home);
    }
    network = await startNetwork({
      home: join(folder, 'network'),
      rootFiles: Object.fromEntries([...homes].map(([name, { rootFile }]) => [name, rootFile])),
      profile,
      portBase: 0,
    });
    const { connection } = network;
    const wallet = ownWallet(connection, HOSPITAL);
    const programmeOn = (channel: Channel) => ({
      operator: HOSPITAL,
      root: homes.get(channel)?.rootFile,
      wallet,
      vault: join(folder, 'gateway', channel, 'vault'),
      ledger: fabricSection(connection, HOSPITAL, channel),
    });
    const file = join(folder, 'gateway', 'gateway.json');
    await mkdir(join(folder, 'gateway'));
    const programmes = Object.fromEntries(CHANNELS.map((name) => [name, programmeOn(name)]));
    const settings = {
      ...{ environment: 'development', port: 0, logLevel: 'warn' },
      ...{ management: { port: 0 }, programmes },
    };
    await writeFile(file, JSON.stringify(settings));
    gateway = await startDeployedFrom(file);
  });
  afterAll(async () => {
    killLeft();
    await network.stop();
    await rm(folder, { recursive: true });
  });

  const urlOf = (channel: Channel) => `${gateway.url}/programmes/${channel}`;
  const consortiumOf = (channel: Channel): DevelopmentConsortium => {
    const found = consortia.get(channel);
    if (found) return found;
    throw new Error(`no consortium of ${channel}`);
  };
  const submitterOf = (channel: Channel) =>
    new HttpSubmitter({ url: urlOf(channel), network: consortiumOf(channel).root.network });
  const heightOf = async (channel: Channel) =>
    (await submitterOf(channel).read<{ height: number }>(clinicianOf(channel), '/v1/ledger'))
      .height;
  const clinicianOf = (channel: Channel): Person => {
    const found = clinicians.get(channel);
    if (found) return found;
    throw new Error(`no clinician in ${channel}`);
  };

  test('carries each programme’s commands to its own channel', async () => {
    for (const channel of CHANNELS) {
      const consortium = consortiumOf(channel);
      const submitter = submitterOf(channel);
      await send(submitter, registrarOf(consortium, HOSPITAL), {
        type: 'registry:Bootstrap',
        body: { root: rootDigestOf(consortium) },
      });
      // the same name in both, under different keys
      const actor = {
        id: 'south.clinician',
        organisation: HOSPITAL,
        roles: ['clinician' as const],
      };
      clinicians.set(channel, await enrol(submitter, consortium, actor));
    }
    const before = await heightOf('glioblastoma');
    const nurse = { id: 'south.nurse', organisation: HOSPITAL, roles: ['nurse' as const] };
    await enrol(submitterOf('melanoma'), consortiumOf('melanoma'), nurse);
    const path = '/v1/actors/south.nurse';
    const read = (channel: Channel) => submitterOf(channel).read(clinicianOf(channel), path);
    await expect(read('melanoma')).resolves.toMatchObject({ id: 'south.nurse' });
    await expect(read('glioblastoma')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await heightOf('glioblastoma')).toBe(before);
  });

  test('takes nothing in one that was made for the other', async () => {
    const { id: actor, keys } = clinicianOf('melanoma');
    const audience = urlOf('glioblastoma');
    const headers = {
      authorization: `Bearer ${await issueBearerToken(keys, { actor, audience })}`,
    };
    expect((await fetch(`${audience}/v1/ledger`, { headers })).status).toBe(401);
    const crossed = new HttpSubmitter({
      url: audience,
      network: consortiumOf('melanoma').root.network,
    });
    const run = { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' };
    const type = 'manufacturing:RegisterRun';
    await expect(
      send(crossed, clinicianOf('glioblastoma'), { type, body: run }),
    ).rejects.toMatchObject({ code: 'WRONG_NETWORK' });
  });

  test('is ready for both, counts each, and stops as one', async () => {
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${gateway.managementUrl}/metrics`)).text();
    for (const channel of CHANNELS) {
      expect(metrics).toMatch(
        new RegExp(`veinledger_ledger_height\\{programme="${channel}"\\} [1-9]`),
      );
    }
    expect(await gateway.stop('SIGTERM')).toBe(0);
    expect(gateway.errors()).toBe('');
  });
});
