import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayClient, GatewayUnreachable } from '@veinledger/client';
import { type OpenBox, PatientDevice } from '@veinledger/client/device';
import { indexedDbStore } from '../device/indexed-db-store.js';
import { Notebook } from '../device/notebook.js';
import { Remembered } from './remembered.js';

const by = { kind: 'passphrase', passphrase: 'seven vials on a cold night' } as const;
const owner = { network: 'A'.repeat(43), actor: 'p-1' };
const unreachable = () => Promise.reject(new GatewayUnreachable('no gateway answers'));

let open: OpenBox;
let device: PatientDevice;
const remembered = () =>
  new Remembered(
    new GatewayClient({ url: 'http://127.0.0.1:1', actor: owner.actor, keys: open.keys }),
    new Notebook(open, 'north'),
  );

beforeAll(async () => {
  const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
  device = new PatientDevice({ store: indexedDbStore('north'), cost });
  await device.make(owner, [by]);
  open = await device.open(by);
});

describe('what was read last', () => {
  test('is there off line, with its time, to who opens the keys', async () => {
    const first = await remembered().read('way', () => Promise.resolve({ now: 'design' }));
    expect(first).toMatchObject({ value: { now: 'design' }, offline: false });
    open = await device.open(by);
    expect(await remembered().read('way', unreachable)).toEqual({ ...first, offline: true });
  });

  test('is not told in the place of what a gateway answers', async () => {
    const refused = remembered().read('way', () => Promise.reject(new Error('not for you')));
    await expect(refused).rejects.toThrow('not for you');
  });

  test('is nothing where nothing was read', async () => {
    await expect(remembered().read('other', unreachable)).rejects.toThrow('no gateway answers');
  });

  test('goes when the keys are forgotten', async () => {
    await device.wipe();
    await device.make(owner, [by]);
    open = await device.open(by);
    await expect(remembered().read('way', unreachable)).rejects.toThrow('no gateway answers');
  });
});
