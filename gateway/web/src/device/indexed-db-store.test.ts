import 'fake-indexeddb/auto';
import { describe, expect, test } from '@jest/globals';
import { PatientDevice } from '@veinledger/client/device';
import { indexedDbStore } from './indexed-db-store.js';

const owner = { network: 'A'.repeat(43), actor: 'hospital.patient-1' };
const by = [{ kind: 'passphrase', passphrase: 'seven vials on a cold night' }] as const;
const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
const deviceOf = (programme: string) =>
  new PatientDevice({ store: indexedDbStore(programme), cost });

describe('a device’s own storage', () => {
  test('keeps keys when the page is opened anew, until they are wiped', async () => {
    const { keys } = await deviceOf('north').make(owner, by);
    expect((await deviceOf('north').open(by[0])).keys.public).toEqual(keys);
    await deviceOf('north').wipe();
    expect(await deviceOf('north').owner()).toBeUndefined();
  });

  test('keeps those of each programme apart', async () => {
    await deviceOf('east').make(owner, by);
    expect(await deviceOf('west').owner()).toBeUndefined();
  });

  test('lets one of two tabs make keys', async () => {
    const tabs = [deviceOf('two-tabs'), deviceOf('two-tabs')];
    const done = await Promise.allSettled(tabs.map((tab) => tab.make(owner, by)));
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await deviceOf('two-tabs').owner()).toMatchObject(owner);
  });
});
