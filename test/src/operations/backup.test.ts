import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { homeAt, type Home, type Person, registrarOf, signMessage } from '#scripts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignaturePointer } from '@veinledger/domain';
import { restore } from '@veinledger/gateway';
import { GatewayClient } from '@veinledger/client/node';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { type LoadedCommand, signLoad } from '../crash/load.js';
import { type EmbeddedOptions, embeddedBench } from '../support/embedded.js';
import { World } from '../support/world.js';
import { foundDeployment, killLeft, settingsIn, startDeployed } from './deployed.fixture.js';
import { acknowledgedAtLeast, httpLoad } from './http-load.js';

const auditor = { mspId: 'RegulatorMSP', label: 'auditor' };

describe('a backup of a gateway that runs', () => {
  let folder: string;
  let home: Home;
  let options: EmbeddedOptions;
  let load: readonly LoadedCommand[];
  let people: readonly Person[];
  let clinician: Person;
  let coi: string;
  let recipientKey: string;
  let settings: Readonly<Record<string, unknown>>;
  let annex: { readonly digest: string; readonly text: string };
  let before: ReadonlySet<string>;
  const backup = (name: string) => join(folder, 'backups', name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-backup-'));
    ({ home, options } = await foundDeployment(folder));
    const bench = await embeddedBench(options);
    const world = await World.open(bench);
    const journey = await world.sampledTherapy();
    coi = journey.coi;
    load = await signLoad(world, journey, 240);
    clinician = world.cast.clinician;
    people = [world.cast.collector, registrarOf(bench.consortium, 'HospitalMSP')];
    await bench.close();
    const identity = await generateHybridIdentity();
    recipientKey = join(folder, 'recipient.txt');
    await writeFile(recipientKey, `# made for a test\n${identity}\n`);
    const recipient = await identityToRecipient(identity);
    settings = {
      ...settingsIn(home),
      keystore: 'keystore',
      backups: { folder: 'backups', recipient },
    };
    await mkdir(join(folder, 'keystore'));
    await writeFile(join(folder, 'keystore', 'nurse.age'), 'sealed');
    await makeUnderLoad();
  });
  afterEach(killLeft);
  afterAll(() => rm(folder, { recursive: true }));

  async function ask(managementUrl: string, directory: string) {
    const response = await fetch(`${managementUrl}/backups`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ directory }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** An outcome with an annex, and a load during which the backup is made. */
  async function makeUnderLoad(): Promise<void> {
    const gateway = await startDeployed(folder, settings);
    const client = new GatewayClient({
      url: gateway.url,
      actor: clinician.id,
      keys: clinician.keys,
    });
    const network = options.consortium?.root.network ?? '';
    const message = await signMessage(network, clinician, {
      type: 'care:RecordOutcome',
      body: { coi, outcome: 'outcome-1' },
      annexes: { outcome: { kind: 'follow-up', observations: [{ code: 'fever', value: false }] } },
    });
    const { annex: digests } = await client.send({ jws: message.jws, annexes: message.annexes });
    annex = { digest: digests['outcome'] ?? '', text: message.annexes['outcome'] ?? '' };
    const running = httpLoad(gateway.url, people, load, 8);
    await acknowledgedAtLeast(running, 40);
    before = new Set(running.acknowledged);
    const made = await ask(gateway.managementUrl, 'under-load');
    const during = running.acknowledged.size;
    expect(made).toMatchObject({ status: 201, body: { key: 'encrypted' } });
    await running.done;
    expect(running.other).toEqual([]);
    // commands were committed while the backup was made, and after
    expect(during).toBeGreaterThan(before.size);
    expect(running.acknowledged.size).toBe(load.length);
    expect(await gateway.stop('SIGTERM')).toBe(0);
  }

  /** A home of its own to restore into, with the wallet and authorities that no backup holds. */
  async function newHome(name: string): Promise<Home> {
    const place = homeAt(join(folder, name));
    await mkdir(place.directory);
    return place;
  }

  test('holds every command that was acknowledged before it, in a chain without a break', async () => {
    const place = await newHome('restored');
    const { manifest, key } = await restore({
      from: backup('under-load'),
      to: place.directory,
      recipientKey,
    });
    expect(key).toBe(true);
    const bench = await embeddedBench({ ...options, directory: place.ledger });
    try {
      const height = manifest.ledger?.height;
      expect(await bench.ledger.verify()).toEqual({ intact: true, height });
      const lists = people.map(({ id }) =>
        bench.submitter.read<SignaturePointer[]>(auditor, 'audit:ListSignedBy', id),
      );
      const ids = (await Promise.all(lists)).flat().map(({ commandId }) => commandId);
      expect(ids).toEqual(expect.arrayContaining([...before]));
      expect(await readFile(join(place.directory, 'keystore', 'nurse.age'), 'utf8')).toBe('sealed');
    } finally {
      await bench.close();
    }
    await rm(place.directory, { recursive: true });
  });

  test('is what a gateway starts from: annexes open, the journal settles, commands go on', async () => {
    const place = await newHome('running');
    await restore({ from: backup('under-load'), to: place.directory, recipientKey });
    const gateway = await startDeployed(place.directory, settingsIn(home));
    const { id: actor, keys } = clinician;
    const client = new GatewayClient({ url: gateway.url, actor, keys });
    expect(await client.read(`/v1/annexes/${annex.digest}`)).toMatchObject({ text: annex.text });
    // those that the chain holds already, and those that came after it
    const rest = [...load.slice(0, 20), ...load.slice(-20)];
    const again = httpLoad(gateway.url, people, rest, 8);
    await again.done;
    expect([again.acknowledged.size, again.other]).toEqual([rest.length, []]);
    const metrics = await (await fetch(`${gateway.managementUrl}/metrics`)).text();
    expect(metrics).toContain('veinledger_journal_unsettled 0');
    expect(await gateway.stop('SIGTERM')).toBe(0);
    await rm(place.directory, { recursive: true });
  });

  test("does not hold the vault's key in the clear, nor any key of an X.509 identity", async () => {
    const identity = (await readFile(join(folder, 'vault', 'identity.txt'), 'utf8')).trim();
    const { files } = JSON.parse(
      await readFile(join(backup('under-load'), 'manifest.json'), 'utf8'),
    ) as {
      files: { path: string }[];
    };
    for (const { path } of files) {
      const content = await readFile(join(backup('under-load'), path), 'latin1');
      expect([path, content.includes(identity)]).toEqual([path, false]);
      expect([path, content.includes('PRIVATE KEY')]).toEqual([path, false]);
    }
  });

  test('is restored without the key too, which then comes from elsewhere', async () => {
    const place = await newHome('keyless');
    const from = backup('under-load');
    expect(await restore({ from, to: place.directory })).toMatchObject({ key: false });
    await expect(startDeployed(place.directory, settingsIn(home))).rejects.toThrow(/identity\.txt/);
    await rm(place.directory, { recursive: true });
    const other = join(folder, 'other.txt');
    await writeFile(other, await generateHybridIdentity());
    const to = (await newHome('foreign')).directory;
    await expect(restore({ from, to, recipientKey: other })).rejects.toThrow(
      /does not open the key/,
    );
    await expect(restore({ from, to, vaultKey: other })).rejects.toThrow(/is of another vault/);
    expect(existsSync(join(to, 'ledger'))).toBe(false);
    const vaultKey = join(folder, 'vault', 'identity.txt');
    expect(await restore({ from, to, vaultKey })).toMatchObject({ key: true });
  });

  test('is not restored once altered, nor over anything', async () => {
    const altered = join(folder, 'altered');
    const to = (await newHome('never')).directory;
    const alter = async (change: () => Promise<unknown>, message: RegExp) => {
      await cp(backup('under-load'), altered, { recursive: true });
      await change();
      await expect(restore({ from: altered, to })).rejects.toThrow(message);
      await rm(altered, { recursive: true });
      expect(existsSync(join(to, 'ledger'))).toBe(false);
    };
    const file = join(altered, 'submissions.jsonl');
    await alter(() => appendFile(file, ' '), /submissions\.jsonl is not what was backed up/);
    await alter(() => rm(file), /submissions\.jsonl is missing/);
    await alter(() => writeFile(join(altered, 'more'), ''), /more is not of this backup/);
    await alter(() => rm(join(altered, 'manifest.json')), /the backup is incomplete/);
    await alter(
      () => writeFile(join(altered, 'manifest.json'), '{"format":"veinledger-backup","v":2}'),
      /not one of a veinledger backup, version 1/,
    );
    await expect(restore({ from: backup('under-load'), to: folder })).rejects.toThrow(
      /expected nothing there, found files/,
    );
  });

  test('that was cut short is never restored, and stands in nobody’s way', async () => {
    // so much to copy that the process is killed in the middle of it
    const filler = join(folder, 'keystore', 'filler');
    await mkdir(filler);
    await Promise.all(
      Array.from({ length: 150 }, (_, at) => writeFile(join(filler, `${at}.age`), 'sealed')),
    );
    const gateway = await startDeployed(folder, settings);
    const asked = ask(gateway.managementUrl, 'killed').catch(() => 'no answer');
    const partial = `${backup('killed')}.partial`;
    while (!existsSync(partial) && !existsSync(backup('killed'))) await delay(1);
    await gateway.stop('SIGKILL');
    expect(await asked).toBe('no answer');
    expect(existsSync(backup('killed'))).toBe(false);
    const to = (await newHome('cut-short')).directory;
    for (const from of [backup('killed'), `${backup('killed')}.partial`]) {
      await expect(restore({ from, to })).rejects.toThrow(/the backup is incomplete/);
    }
    const later = await startDeployed(folder, settings);
    expect(await ask(later.managementUrl, 'killed')).toMatchObject({ status: 201 });
    await later.stop('SIGTERM');
    await restore({ from: backup('killed'), to, recipientKey });
  });

  test('has a plain name of its own, and is asked for on the same machine', async () => {
    const gateway = await startDeployed(folder, settings);
    const { managementUrl } = gateway;
    for (const name of ['../outside', '/tmp/x', '', '.hidden', 'a/b', 'x.partial']) {
      expect(await ask(managementUrl, name)).toMatchObject({
        status: 400,
        body: { field: 'body.directory' },
      });
    }
    expect(await ask(managementUrl, 'under-load')).toMatchObject({
      status: 409,
      body: { code: 'BACKUP_EXISTS' },
    });
    const form = await fetch(`${managementUrl}/backups`, {
      method: 'POST',
      body: '{"directory":"x"}',
    });
    expect(form.status).toBe(400);
    expect((await fetch(`${gateway.url}/backups`, { method: 'POST' })).status).toBe(404);
    await gateway.stop('SIGTERM');
  });
});
