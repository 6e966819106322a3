import { beforeAll, describe, expect, test } from '@jest/globals';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { parseJws, requirePossession, verifyJws } from '@veinledger/domain';
import { signCommand } from '../commands/sign-command.js';
import { webSigner } from '../signing/web-signer.js';
import { memoryStore } from './memory-store.fixture.js';
import { openNote, sealNote } from './notes.js';
import { type DevicePossession, PatientDevice } from './patient-device.js';

const owner = { network: 'A'.repeat(43), actor: 'hospital.patient-1' };
const PASSPHRASE = 'seven vials on a cold night';
const OTHER = 'eight vials on a warm night';
const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
const by = (passphrase: string) => ({ kind: 'passphrase', passphrase }) as const;
const passkey = (prf = 7) =>
  ({
    kind: 'passkey',
    secret: { credential: 'AAEC', salt: 'AwQF', prf: new Uint8Array(32).fill(prf) },
  }) as const;
const deviceOn = (store = memoryStore()) => new PatientDevice({ store, cost });

const store = memoryStore();
const device = deviceOn(store);
let made: DevicePossession;

beforeAll(async () => {
  made = await device.make(owner, [by(PASSPHRASE), passkey()]);
});

describe('keys that a device made', () => {
  test('are proved to be its own, and say whose they are without being opened', async () => {
    const stated = { ...owner, keys: made.keys };
    await expect(requirePossession(made.proof, stated, nativeVerifier)).resolves.toBeUndefined();
    expect(await device.owner()).toEqual({
      ...owner,
      passkeys: [{ credential: 'AAEC', salt: 'AwQF' }],
      passphrase: true,
    });
  });

  test.each([
    ['the passphrase', by(PASSPHRASE)],
    ['the passphrase as another keyboard writes it', by(PASSPHRASE.replace('o', 'ｏ'))],
    ['the passkey', passkey()],
  ])('are opened by %s, and sign a command that the ledger takes', async (_name, opener) => {
    const { keys } = await device.open(opener);
    const author = { network: owner.network, actor: owner.actor, signer: await webSigner(keys) };
    const body = { purpose: 'RESEARCH' };
    const { jws } = await signCommand(author, { type: 'consent:WithdrawConsent', body });
    const parsed = parseJws(jws, 'vnd.veinledger.command+jws');
    await expect(verifyJws(parsed, made.keys, nativeVerifier)).resolves.toBeUndefined();
  });

  test('are nowhere in clear in what is kept', async () => {
    const { keys } = await device.open(by(PASSPHRASE));
    for (const seed of Object.values(keys.private)) expect(store.box).not.toContain(seed);
  });

  test('prove themselves again after a lost answer', async () => {
    const again = await device.possession(await device.open(by(PASSPHRASE)));
    expect(again.keys).toEqual(made.keys);
    const stated = { ...owner, keys: made.keys };
    await expect(requirePossession(again.proof, stated, nativeVerifier)).resolves.toBeUndefined();
  });

  test.each([
    ['a wrong passphrase', by(OTHER), 'PASSPHRASE_WRONG'],
    ['another secret of the passkey', passkey(8), 'PASSKEY_REFUSED'],
    [
      'a passkey that was never added',
      { ...passkey(), secret: { ...passkey().secret, credential: 'BBBB' } },
      'PASSKEY_UNKNOWN',
    ],
    [
      'a passkey without a secret',
      { ...passkey(), secret: { ...passkey().secret, prf: new Uint8Array(0) } },
      'PASSKEY_REFUSED',
    ],
  ])('stay closed to %s', async (_name, opener, code) => {
    await expect(device.open(opener)).rejects.toMatchObject({ code });
  });

  test('are not replaced by others, nor by a tab that was too late', async () => {
    const before = store.box;
    const again = device.make(owner, [by(OTHER)]);
    await expect(again).rejects.toMatchObject({ code: 'KEYS_HERE' });
    const shared = memoryStore();
    const tabs = [deviceOn(shared), deviceOn(shared)];
    const done = await Promise.allSettled(tabs.map((tab) => tab.make(owner, [by(PASSPHRASE)])));
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(store.box).toBe(before);
  });

  test('are opened by other locks once those were put in place', async () => {
    const moved = deviceOn(memoryStore(store.box));
    await moved.lock(await moved.open(passkey()), [by(OTHER)]);
    expect((await moved.open(by(OTHER))).keys.public).toEqual(made.keys);
    await expect(moved.open(by(PASSPHRASE))).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    await expect(moved.open(passkey())).rejects.toMatchObject({ code: 'PASSKEY_UNKNOWN' });
  });

  test('are locked by a passphrase of some length only', async () => {
    const short = deviceOn().make(owner, [by('seven vials')]);
    await expect(short).rejects.toThrow('at least 15 characters, found 11');
  });
});

describe('a device whose storage was wiped', () => {
  test('says that it holds no keys', async () => {
    const wiped = deviceOn(memoryStore(store.box));
    await wiped.wipe();
    expect(await wiped.owner()).toBeUndefined();
    await expect(wiped.open(by(PASSPHRASE))).rejects.toMatchObject({ code: 'NO_KEYS_HERE' });
  });
});

describe('a backup', () => {
  let file: string;
  beforeAll(async () => {
    file = await device.backUp(await device.open(by(PASSPHRASE)), OTHER);
  });

  test('is opened on another device by its own passphrase, and by that one from then on', async () => {
    const second = deviceOn();
    expect((await second.restore(file, OTHER)).keys.public).toEqual(made.keys);
    expect((await second.open(by(OTHER))).keys.public).toEqual(made.keys);
    expect(await second.owner()).toEqual({ ...owner, passkeys: [], passphrase: true });
  });

  test('is not opened by another passphrase, and nothing is kept', async () => {
    const second = memoryStore();
    const restored = deviceOn(second).restore(file, PASSPHRASE);
    await expect(restored).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    expect(second.box).toBeUndefined();
  });

  test('takes the place of no keys that are there', async () => {
    await expect(device.restore(file, OTHER)).rejects.toMatchObject({ code: 'KEYS_HERE' });
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, -40), 'BACKUP_DAMAGED'],
    [
      'changed in one character',
      (text: string) =>
        text.replace(/"sealed": "(.)/u, (_all, first) => `"sealed": "${first === 'A' ? 'B' : 'A'}`),
      'BACKUP_DAMAGED',
    ],
    [
      'given another owner',
      (text: string) => text.replace(owner.actor, 'hospital.patient-2'),
      'BACKUP_DAMAGED',
    ],
    ['of a later version', (text: string) => text.replace('"v": 1', '"v": 2'), 'BACKUP_TOO_NEW'],
    ['some other file', () => '{"hello": "world"}', 'NOT_A_BACKUP'],
    ['no JSON', () => 'hello', 'NOT_A_BACKUP'],
    [
      'more costly than a device bears',
      (text: string) => text.replace('"memoryKiB": 64', '"memoryKiB": 99999999'),
      'BACKUP_DAMAGED',
    ],
  ])('that is %s is told so, before a passphrase is tried', async (_name, change, code) => {
    const second = deviceOn();
    await expect(second.restore(change(file), OTHER)).rejects.toMatchObject({ code });
    expect(await second.owner()).toBeUndefined();
  });
});

describe('what a device remembers', () => {
  test('is read by who opens its keys, under its own name', async () => {
    const open = await device.open(by(PASSPHRASE));
    const sealed = await sealNote(open, 'last', 'about 24 November');
    expect(sealed).not.toContain('November');
    expect(await openNote(await device.open(passkey()), 'last', sealed)).toBe('about 24 November');
    expect(await openNote(open, 'first', sealed)).toBeUndefined();
    const other = deviceOn();
    await other.make(owner, [by(PASSPHRASE)]);
    expect(await openNote(await other.open(by(PASSPHRASE)), 'last', sealed)).toBeUndefined();
  });
});

describe('what a passphrase costs', () => {
  test('is the second recommendation of RFC 9106 unless said otherwise, and stands in the file', async () => {
    const kept = memoryStore();
    await new PatientDevice({ store: kept }).make(owner, [by(PASSPHRASE)]);
    expect(JSON.parse(kept.box ?? '')).toMatchObject({
      locks: [{ kdf: 'argon2id', cost: { memoryKiB: 65_536, passes: 3, lanes: 4 } }],
    });
  });
});
