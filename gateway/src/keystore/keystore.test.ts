import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { parseJws, requirePossession, verifyJws } from '@veinledger/domain';
import { generateActorKeys } from '@veinledger/client/node';
import { EntryFiles } from './entry-files.js';
import {
  approvalBy,
  callerOf,
  entryBy,
  type KeystoreBench,
  keystoreBench,
  network,
  PASSPHRASE,
  refusalOf,
  stranger,
} from './keystore.fixture.js';
import { underPassphrase } from './passphrase.js';

const byPassphrase = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
const wrong = { kind: 'passphrase', passphrase: 'eight vials on a cold night' } as const;

let bench: KeystoreBench;
beforeEach(async () => {
  bench = await keystoreBench();
});
afterEach(() => bench.close());

const refusalText = (error: unknown) => refusalOf(Promise.reject(asError(error)));
const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

const fileOf = (actor: string) => join(bench.folder, `${actor}.json`);

describe("keys in the gateway's keystore", () => {
  test('come with the proof that lets a registrar enrol them', async () => {
    const ticket = await bench.ticket('lab.technician');
    const made = await bench.keystore.making.create({ ticket, passphrase: PASSPHRASE });
    const expected = { network, actor: 'lab.technician', keys: made.keys };
    await expect(requirePossession(made.proof, expected, nativeVerifier)).resolves.toBeUndefined();
  });

  test('can be brought along, when private and public ones fit', async () => {
    const keys = generateActorKeys();
    const made = await bench.keystore.making.create({
      ticket: await bench.ticket('lab.technician'),
      passphrase: PASSPHRASE,
      keys,
    });
    expect(made.keys).toEqual(keys.public);
    const unfit = { public: generateActorKeys().public, private: keys.private };
    const ticket = await bench.ticket('lab.designer');
    const creation = bench.keystore.making.create({ ticket, passphrase: PASSPHRASE, keys: unfit });
    expect(await refusalOf(creation)).toBe('SIGNATURE_INVALID');
    expect(await refusalOf(bench.keystore.entry('lab.designer'))).toBe('404 NO_KEYS');
  });

  test('are encrypted: neither the private keys nor the passphrase lie on disk', async () => {
    const keys = generateActorKeys();
    const ticket = await bench.ticket('lab.technician');
    await bench.keystore.making.create({ ticket, passphrase: PASSPHRASE, keys });
    const text = await readFile(fileOf('lab.technician'), 'utf8');
    for (const secret of [keys.private.ed25519, keys.private.mlDsa65, PASSPHRASE, 'AGE-SECRET']) {
      expect(text).not.toContain(secret);
    }
  });

  test('need a ticket that is open, and each is good for once', async () => {
    const ticket = await bench.ticket('lab.technician');
    const make = () => bench.keystore.making.create({ ticket, passphrase: PASSPHRASE });
    await make();
    expect(await refusalOf(make())).toBe('403 TICKET_INVALID');
    const late = await bench.ticket('lab.designer');
    bench.clock.now += 25 * 60 * 60_000;
    const creation = bench.keystore.making.create({ ticket: late, passphrase: PASSPHRASE });
    await expect(creation).rejects.toMatchObject({
      details: {
        code: 'TICKET_EXPIRED',
        expected: 'a call before 2026-11-23T13:07:00.000Z',
        found: '2026-11-23T14:07:00.000Z',
      },
    });
  });

  test('are made once by a ticket that two hand in at the same moment', async () => {
    const ticket = await bench.ticket('lab.technician');
    const make = () => bench.keystore.making.create({ ticket, passphrase: PASSPHRASE });
    const outcomes = await Promise.allSettled([make(), make()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('are replaced only by a ticket that says so, and then put aside', async () => {
    await bench.enrol('lab.technician', 'lab');
    const before = await readFile(fileOf('lab.technician'), 'utf8');
    const make = async (replaces: boolean) =>
      bench.keystore.making.create({
        ticket: await bench.ticket('lab.technician', replaces),
        passphrase: PASSPHRASE,
      });
    expect(await refusalOf(make(false))).toBe('409 KEYS_EXIST');
    expect(await readFile(fileOf('lab.technician'), 'utf8')).toBe(before);
    await make(true);
    const retired = join(bench.folder, 'retired', `lab.technician.${bench.clock.now}.json`);
    expect(await readFile(retired, 'utf8')).toBe(before);
  });
});

describe('a signature from the keystore', () => {
  test("is given for a command of the keys' owner, who unlocks them", async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const jws = await bench.keystore.sign(caller, entryBy(caller.id), byPassphrase);
    const parsed = parseJws(jws, 'vnd.veinledger.command+jws');
    await expect(verifyJws(parsed, caller.keys, nativeVerifier)).resolves.toBeUndefined();
    const alone = ['ML-DSA-65'] as const;
    const other = await bench.keystore.sign(caller, entryBy(caller.id), byPassphrase, alone);
    const required = parseJws(other, 'vnd.veinledger.command+jws', alone);
    await expect(verifyJws(required, caller.keys, nativeVerifier)).resolves.toBeUndefined();
  });

  test('is given for nothing else', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const sign = (payload: string) => refusalOf(bench.keystore.sign(caller, payload, byPassphrase));
    const payload = entryBy(caller.id);
    expect(await sign(JSON.stringify(JSON.parse(payload), undefined, 1))).toBe('NOT_CANONICAL');
    expect(await sign('{"actor":"lab.technician","network":"x","v":1}')).toBe('UNKNOWN_TYPE');
    expect(await sign(entryBy('lab.other'))).toBe('403 ACTOR_MISMATCH');
    const elsewhere = network.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(await sign(entryBy(caller.id, { network: elsewhere }))).toBe('WRONG_NETWORK');
    expect(await sign(entryBy(caller.id, { body: { run: 'r' } }))).toBe('SCHEMA_VIOLATION');
    expect(await sign(approvalBy(caller.id))).toBe('ROLE_MISSING');
    expect(await sign('free text to be signed')).toBe('SCHEMA_VIOLATION');
  });

  test('is not given without the right passphrase', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const signing = bench.keystore.sign(caller, entryBy(caller.id), wrong);
    expect(await refusalOf(signing)).toBe('403 PASSPHRASE_WRONG');
  });

  test('is not given with keys that the ledger does not have', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const other = stranger(caller.id, 'lab');
    const signing = bench.keystore.sign(other, entryBy(caller.id), byPassphrase);
    expect(await refusalOf(signing)).toBe('409 KEYS_NOT_ENROLLED');
  });

  test('is never given for a patient, whose keys no gateway holds', async () => {
    const ticket = await bench.ticket('patient-1');
    const made = await bench.keystore.making.create({ ticket, passphrase: PASSPHRASE });
    const patient = callerOf(made, 'patient');
    const payload = entryBy(patient.id, {
      type: 'consent:RefuseConsent',
      body: { purpose: 'RESEARCH' },
    });
    for (const asked of [
      bench.keystore.sign(patient, payload, byPassphrase),
      bench.keystore.unlock(patient, byPassphrase),
      bench.keystore.challenge(patient, { purpose: 'unlock' }),
      bench.keystore.making.prepareRotation(patient, byPassphrase),
    ]) {
      expect(await refusalOf(asked)).toBe('403 KEYSTORE_NOT_FOR_PATIENTS');
    }
  });

  test('is not given for who has no keys here', async () => {
    const caller = stranger('lab.nobody', 'lab');
    const signing = bench.keystore.sign(caller, entryBy(caller.id), byPassphrase);
    expect(await refusalOf(signing)).toBe('404 NO_KEYS');
  });
});

describe('keys that stay unlocked', () => {
  test('sign attributed entries by the handle that their owner got, for the time that was set', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const { unlock, expiresAt } = await bench.keystore.unlock(caller, byPassphrase);
    expect(expiresAt).toBe(bench.clock.now + 15 * 60_000);
    const sign = () => bench.keystore.sign(caller, entryBy(caller.id), { kind: 'open', unlock });
    expect(await sign()).toContain('payload');
    bench.clock.now = expiresAt;
    expect(await refusalOf(sign())).toBe('403 KEYSTORE_LOCKED');
  });

  test('stay so no longer than the gateway allows, and shorter where that is asked', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const { keystore, clock } = bench;
    const long = await keystore.unlock(caller, byPassphrase, 600);
    expect(long.expiresAt).toBe(clock.now + 15 * 60_000);
    expect((await keystore.unlock(caller, byPassphrase, 5)).expiresAt).toBe(clock.now + 5 * 60_000);
  });

  test('sign nothing for somebody else, or without the handle', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const other = await bench.enrol('lab.assistant', 'lab');
    const { unlock } = await bench.keystore.unlock(caller, byPassphrase);
    const handles = [
      [other, unlock],
      [caller, generateActorKeys().private.ed25519],
    ] as const;
    for (const [who, handle] of handles) {
      const signing = bench.keystore.sign(who, entryBy(who.id), { kind: 'open', unlock: handle });
      expect(await refusalOf(signing)).toBe('403 KEYSTORE_LOCKED');
    }
  });

  test('sign nothing that needs its actor at that moment', async () => {
    const caller = await bench.enrol('lab.designer', 'clinician', 'quality', 'designer');
    const { unlock } = await bench.keystore.unlock(caller, byPassphrase);
    const signing = bench.keystore.sign(caller, approvalBy(caller.id), { kind: 'open', unlock });
    expect(await refusalOf(signing)).toBe('403 AUTHENTICATOR_NEEDED');
    await expect(
      bench.keystore.sign(caller, approvalBy(caller.id), byPassphrase),
    ).resolves.toContain('payload');
  });

  test('are locked when their owner says so, and by a restart', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const first = await bench.keystore.unlock(caller, byPassphrase);
    const sign = (unlock: string) =>
      refusalOf(bench.keystore.sign(caller, entryBy(caller.id), { kind: 'open', unlock }));
    bench.keystore.lock(caller);
    expect(await sign(first.unlock)).toBe('403 KEYSTORE_LOCKED');
    const second = await bench.keystore.unlock(caller, byPassphrase);
    await bench.restart();
    expect(await sign(second.unlock)).toBe('403 KEYSTORE_LOCKED');
  });
});

describe('a new passphrase', () => {
  test('takes the place of the old one, and needs that one', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const { authenticators } = bench.keystore;
    const change = (by: typeof wrong | typeof byPassphrase) =>
      authenticators.changePassphrase(caller, by, 'eight vials on a cold night');
    expect(await refusalOf(change(wrong))).toBe('403 PASSPHRASE_WRONG');
    await change(byPassphrase);
    expect(await refusalOf(bench.keystore.unlock(caller, byPassphrase))).toBe(
      '403 PASSPHRASE_WRONG',
    );
    await expect(bench.keystore.unlock(caller, wrong)).resolves.toBeDefined();
  });
});

describe('wrong passphrases', () => {
  const attempt = (caller: Parameters<KeystoreBench['keystore']['unlock']>[0], by = wrong) =>
    refusalOf(bench.keystore.unlock(caller, by));

  test('lock their actor out, for twice as long each time, across restarts', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    for (let time = 0; time < 3; time += 1) {
      expect(await attempt(caller)).toBe('403 PASSPHRASE_WRONG');
    }
    expect(await attempt(caller)).toBe('429 KEYSTORE_LOCKED_OUT');
    await bench.restart();
    const during = await bench.keystore
      .unlock(caller, byPassphrase)
      .catch((error: unknown) => error);
    expect(during).toMatchObject({
      details: {
        code: 'KEYSTORE_LOCKED_OUT',
        headers: { 'retry-after': '30' },
        expected: 'a call at 2026-11-22T13:07:30.000Z or later',
        found: '2026-11-22T13:07:00.000Z',
      },
    });
    bench.clock.now += 30_000;
    expect(await attempt(caller)).toBe('403 PASSPHRASE_WRONG');
    bench.clock.now += 59_999;
    expect(await attempt(caller)).toBe('429 KEYSTORE_LOCKED_OUT');
    bench.clock.now += 1;
    await bench.keystore.unlock(caller, byPassphrase);
    expect(await attempt(caller)).toBe('403 PASSPHRASE_WRONG');
  });

  test('sent at once are not more than as many one after the other', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => attempt(caller)));
    expect(outcomes.filter((outcome) => outcome === '403 PASSPHRASE_WRONG')).toHaveLength(3);
  });

  test('of one actor lock nobody else out', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const other = await bench.enrol('lab.assistant', 'lab');
    for (let time = 0; time < 4; time += 1) await attempt(caller);
    await expect(bench.keystore.unlock(other, byPassphrase)).resolves.toBeDefined();
  });
});

describe('passphrases that are tried at the same time', () => {
  const busy = (outcomes: readonly string[]) =>
    outcomes.filter((outcome) => outcome.endsWith('KEYSTORE_BUSY'));

  test('wait in a queue that one actor alone cannot fill', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const other = await bench.enrol('lab.assistant', 'lab');
    const flood = Array.from({ length: 20 }, () => bench.keystore.unlock(caller, byPassphrase));
    const outcomes = flood.map((each) => each.then(() => 'opened', refusalText));
    await expect(bench.keystore.unlock(other, byPassphrase)).resolves.toBeDefined();
    const told = await Promise.all(outcomes);
    expect(new Set(busy(told))).toEqual(new Set(['429 KEYSTORE_BUSY']));
    expect(told.filter((outcome) => outcome === 'opened')).toHaveLength(9);
  });

  test('are refused at once where the queue is full, and count as no wrong ones', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    let letGo = (): void => undefined;
    const gate = new Promise<void>((done) => (letGo = done));
    const begin = async () => {
      await gate;
      throw new Error('tried nothing');
    };
    const task = { task: 'open', passphrase: PASSPHRASE, sealed: '' } as const;
    const others = Array.from({ length: 33 }, (_, index) =>
      underPassphrase(task, { network, actor: `lab.${index}`, begin }),
    );
    expect(await refusalOf(bench.keystore.unlock(caller, wrong))).toBe('503 KEYSTORE_BUSY');
    letGo();
    await Promise.allSettled(others);
    for (let time = 0; time < 3; time += 1) {
      expect(await refusalOf(bench.keystore.unlock(caller, wrong))).toBe('403 PASSPHRASE_WRONG');
    }
  });
});

test('the queue for passphrases has a place for each actor of each programme, whatever their ids', async () => {
  const { promise: gate, resolve: letGo } = Promise.withResolvers<undefined>();
  const task = { task: 'open', passphrase: PASSPHRASE, sealed: '' } as const;
  const begin = async () => {
    await gate;
    throw new Error('tried nothing');
  };
  const asked = (network: string) =>
    underPassphrase(task, { network, actor: 'lab.technician', begin }).catch(String);
  const begun = [asked('north'), asked('north'), asked('south')];
  const refused = await Promise.all([asked('north'), asked('south')]);
  expect(refused).toEqual(Array(2).fill(expect.stringContaining('KEYSTORE_BUSY')));
  letGo(undefined);
  expect(await Promise.all(begun)).toEqual(Array(3).fill('Error: tried nothing'));
});

describe("a file in the place of an actor's", () => {
  test.each([
    ['is no JSON', () => '{'],
    ['was cut', (text: string) => text.slice(0, -200)],
    ['was changed', (text: string) => text.replace('"createdAt":"2026', '"createdAt":"2025')],
  ])('that %s is damaged', async (_, change) => {
    const caller = await bench.enrol('lab.technician', 'lab');
    await writeFile(fileOf(caller.id), change(await readFile(fileOf(caller.id), 'utf8')));
    const signing = bench.keystore.sign(caller, entryBy(caller.id), byPassphrase);
    expect(await refusalOf(signing)).toBe('409 KEYSTORE_ENTRY_DAMAGED');
  });

  test('that belongs to another actor is foreign, and counts as no wrong passphrase', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const other = await bench.enrol('lab.assistant', 'lab');
    await copyFile(fileOf(caller.id), join(bench.folder, 'mine'));
    await copyFile(fileOf(other.id), fileOf(caller.id));
    const sign = () => bench.keystore.sign(caller, entryBy(caller.id), byPassphrase);
    for (let time = 0; time < 5; time += 1) {
      expect(await refusalOf(sign())).toBe('409 KEYSTORE_ENTRY_FOREIGN');
    }
    await rename(join(bench.folder, 'mine'), fileOf(caller.id));
    await expect(sign()).resolves.toContain('payload');
  });
});

describe("a file that somebody made out of another actor's", () => {
  test('does not let them sign with it in that place', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const thief = await bench.enrol('lab.assistant', 'lab');
    const entry = await bench.keystore.entry(thief.id);
    const files = await EntryFiles.open(bench.folder, network);
    await files.put({ ...entry, actor: caller.id });
    const asked = { ...thief, id: caller.id };
    const signing = bench.keystore.sign(asked, entryBy(caller.id), byPassphrase);
    expect(await refusalOf(signing)).toBe('409 KEYSTORE_ENTRY_FOREIGN');
  });
});

describe('a rotation', () => {
  test('makes keys that sign once the ledger has them, while the old ones still do until then', async () => {
    const caller = await bench.enrol('lab.technician', 'lab');
    const next = await bench.keystore.making.prepareRotation(caller, byPassphrase);
    const expected = { network, actor: caller.id, keys: next.keys };
    await expect(requirePossession(next.proof, expected, nativeVerifier)).resolves.toBeUndefined();
    for (const holder of [caller, { ...caller, keys: next.keys }]) {
      const jws = await bench.keystore.sign(holder, entryBy(caller.id), byPassphrase);
      const parsed = parseJws(jws, 'vnd.veinledger.command+jws');
      await expect(verifyJws(parsed, holder.keys, nativeVerifier)).resolves.toBeUndefined();
    }
  });
});
