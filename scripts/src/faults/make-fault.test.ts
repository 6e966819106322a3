import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import type { NodeStatus } from '@veinledger/network';
import { faultsOf } from './fault.js';
import { makeFault } from './make-fault.js';
import type { FaultStage } from './stage.js';

const LOOKS_WITHOUT_LEADER = 3;

test('a fault of the leader waits until somebody is seen to lead', async () => {
  const victim = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
  const ended = once(victim, 'exit');
  const node = (leader: boolean): NodeStatus => ({
    ...{ name: 'orderer.lab', kind: 'orderer', mspId: 'LabMSP', port: 1, state: 'running' },
    ...{ deaths: 0, pid: victim.pid, channels: [], height: 7, leader },
  });
  let levelled = 0;
  let leaderless = 0;
  const stage: Partial<FaultStage> = {
    network: '',
    gateway: { url: 'http://127.0.0.1:1', pid: 0, restart: () => Promise.resolve() },
    reporters: [],
    sample: { coi: '', item: '' },
    nodes() {
      // level twice in a row; then, while commands are under way, nobody leads for a while
      levelled += 1;
      if (levelled > 2 && leaderless < LOOKS_WITHOUT_LEADER) {
        leaderless += 1;
        return Promise.resolve([node(false)]);
      }
      return Promise.resolve([node(true)]);
    },
  };
  const leader = faultsOf([]).find(({ name }) => name === 'leader');
  if (leader === undefined) throw new Error('expected a fault of the leader');
  try {
    const { struckAt, sent } = await makeFault(stage as FaultStage, leader);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect([struckAt > 0, sent, leaderless]).toEqual([true, [], LOOKS_WITHOUT_LEADER]);
  } finally {
    victim.kill('SIGKILL');
  }
});
