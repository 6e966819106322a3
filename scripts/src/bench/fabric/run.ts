import type { Print } from '../progress.js';
import { CONCURRENCIES } from '../throughput.js';
import { readCpuTimes } from './cpu-time.js';
import { closedLoop, openLoop, type Submit } from './loops.js';
import { loadNames } from './names.js';
import { LoadRecords } from './record.js';
import type { FabricSizes } from './sizes.js';
import type { FabricStage } from './stage.js';
import type { Prepared, Workload } from './workload.js';
import type { Loaded } from '../load.js';

const BUSIEST = Math.max(...CONCURRENCIES);

/** Measures every kind of transaction at every load, the kinds in turn so that what drifts is the same for all. */
export async function runWorkloads(
  stage: FabricStage,
  workloads: readonly Workload[],
  sizes: FabricSizes,
  print: Print,
): Promise<LoadRecords> {
  const submit = submitTo(stage);
  const records = new LoadRecords();
  const processes = await stage.processes();
  const measure = async (
    name: string,
    workload: Workload,
    count: number,
    load: (transactions: readonly Prepared[]) => Promise<Loaded>,
  ) => {
    const transactions = await workload.prepare(Math.ceil(count * workload.share));
    const before = await readCpuTimes(processes);
    const loaded = await load(transactions);
    records.of(name, workload.name).add(loaded, before, await readCpuTimes(processes));
    print(`${workload.name} ${name}: ${(loaded.commands / loaded.seconds).toFixed(1)}/s`);
  };
  const { warmUp, closed, open, roundMs: milliseconds } = sizes;
  print('warming up');
  for (const workload of workloads) {
    const transactions = await workload.prepare(Math.ceil(warmUp * workload.share));
    await closedLoop(transactions, submit, { concurrency: 16, milliseconds });
  }
  const usual = workloads.filter(({ busyOnly }) => busyOnly !== true);
  for (const concurrency of CONCURRENCIES) {
    const { rounds, count } = closed[concurrency];
    for (let round = 0; round < rounds; round += 1) {
      for (const workload of concurrency === BUSIEST ? workloads : usual) {
        await measure(loadNames.closed(concurrency), workload, count, (transactions) =>
          closedLoop(transactions, submit, { concurrency, milliseconds }),
        );
      }
    }
  }
  for (const perSecond of open.perSecond) {
    for (const workload of usual.filter(({ records }) => records === 1)) {
      const count = (perSecond * open.seconds) / workload.share;
      await measure(loadNames.open(perSecond), workload, count, (transactions) =>
        openLoop(transactions, submit, perSecond),
      );
    }
  }
  return records;
}

/** @throws Error when a command is committed as anything but what it says, without reservations */
function submitTo({ ledger }: FabricStage): Submit {
  return async ({ invocation, committed }) => {
    const { result } = await ledger.submit(invocation);
    const clean = result.includes('"deviations":[]') && !result.includes('"decision":"refused"');
    if (!clean && !invocation.function.startsWith('baseline:')) {
      throw new Error(
        `${invocation.function}: expected no deviation, found ${result.slice(0, 400)}`,
      );
    }
    committed?.();
  };
}
