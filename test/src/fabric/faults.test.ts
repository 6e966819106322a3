import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FaultOutcome,
  type FaultStage,
  faultsOf,
  openFaultStage,
  runFaults,
  selectFaults,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const FAULTS = ['leader', 'peer.hospital', 'chaincode.lab', 'gateway', 'network'];

let directory: string;
let stage: FaultStage | undefined;
let outcomes: ReadonlyMap<string, FaultOutcome>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'veinledger-faults-'));
  stage = await openFaultStage(directory, () => undefined);
  const faults = selectFaults(faultsOf(await stage.nodes()), FAULTS);
  const once = faults.map((fault) => ({ ...fault, times: 1 }));
  const made = await runFaults(stage, once, () => undefined);
  outcomes = new Map(made.map((outcome) => [outcome.fault.name, outcome]));
});
afterAll(async () => {
  await stage?.close();
  await rm(directory, { recursive: true });
});

describe('a real network under five signed commands a second', () => {
  test.each(FAULTS)('loses and doubles no command: %s is killed', (name) => {
    const outcome = outcomes.get(name);
    expect(outcome).toMatchObject({ doubled: 0, lost: 0 });
    expect(outcome?.acknowledged).toBeGreaterThan(10);
    expect(outcome?.found).toBe(outcome?.acknowledged);
    // the client library's own retries are enough
    expect(outcome?.acknowledged).toBe(outcome?.handedIn);
  });

  test.each(['leader', 'peer.hospital', 'chaincode.lab'])(
    'costs clients a delay, and no failed attempt: %s is killed',
    (name) => {
      expect([...(outcomes.get(name)?.failures ?? ['no outcome'])]).toEqual([]);
    },
  );

  test('commits again soon after its leader was killed', () => {
    // five seconds are measured on a quiet machine; a suite shares its machine with others, and finds what hangs
    expect(outcomes.get('leader')?.nextCommitSeconds).toBeLessThan(120);
  });
});
