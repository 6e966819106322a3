import { expect, test } from '@jest/globals';
import { planNetwork } from '../plan/index.js';
import { loadProfile, profileFile } from '../profile/index.js';
import { configtx } from './configtx.js';

interface WithOrderer {
  readonly Profiles: Readonly<
    Record<
      string,
      {
        readonly Orderer: {
          readonly BatchSize: { readonly PreferredMaxBytes: string };
          readonly EtcdRaft: { readonly Options: { readonly SnapshotIntervalSize: string } };
        };
      }
    >
  >;
}

test('a Raft node of Fabric 3.0 takes a snapshot before its log outgrows a batch, which later versions need not', async () => {
  const profile = await loadProfile(profileFile('raft'));
  const plan = planNetwork({ ...profile, portBase: 20_000 }, '/nowhere');
  const [channel] = plan.channels;
  if (channel === undefined) throw new Error('expected a channel');
  const megabytes = (fabricVersion: string) => {
    const { Profiles } = configtx(plan, channel, fabricVersion) as WithOrderer;
    return Object.values(Profiles).map(({ Orderer: { BatchSize, EtcdRaft } }) => ({
      batch: Number.parseInt(BatchSize.PreferredMaxBytes, 10),
      snapshot: Number.parseInt(EtcdRaft.Options.SnapshotIntervalSize, 10),
    }));
  };
  expect(megabytes('3.0.0')).toEqual([{ batch: 2, snapshot: 1 }]);
  expect(megabytes('3.1.5')).toEqual([{ batch: 2, snapshot: 16 }]);
});
