import { chainOfIdentity } from '../journey/labels.js';
import { DosesOnLedger } from './dose/on-growing-ledger.js';
import { type Figure, figure, figureWithGoal, percentile } from './figures.js';
import { readJobs } from './jobs.js';
import { load } from './load.js';
import type { Print } from './progress.js';
import { signAhead } from './sign.js';
import { RECORDS_PER_THERAPY, type Sizes } from './sizes.js';
import { openStage, type Stage } from './stage.js';

/** Therapies that are filled at a time. */
const CONCURRENCY = 8;
/** How many therapies, spread over the ledger, are traced in turn. */
const TRACED = 50;
const GOAL_RATIO = 1.3;
const GOAL_P95_MS = 50;

/** What reading a therapy's trace and deciding a dose over HTTP take on a small ledger, and on the same when it has grown. */
export async function measureTraces(
  directory: string,
  sizes: Sizes,
  print: Print,
): Promise<readonly Figure[]> {
  const { smallLedger, largeLedger, traces } = sizes;
  const stage = await openStage(directory);
  try {
    print(`signing the commands of ${largeLedger} therapies`);
    const { network, speakers, people } = stage;
    const files = await signAhead({
      ...{ network, speakers, people, directory },
      ...{ what: 'therapies', count: largeLedger, therapies: 0 },
    });
    const jobs = readJobs(files);
    const fill = async (count: number) => {
      const send = stage.sender.send.bind(stage.sender);
      return load({ jobs, count, concurrency: CONCURRENCY, send });
    };
    await fill(smallLedger);
    print(`reading traces at ${smallLedger * RECORDS_PER_THERAPY} records`);
    const small = await readTraces(stage, smallLedger, traces);
    const doses = await DosesOnLedger.play(stage, sizes.doses, print);
    const onSmall = await doses.onSmall();
    const filled = await fillUp(fill, smallLedger, largeLedger, print);
    print(`reading traces at ${largeLedger * RECORDS_PER_THERAPY} records`);
    const large = await readTraces(stage, largeLedger, traces);
    return [
      figure('records filled in', filled, 'records/s'),
      ...traceFigures(sizes, small, large),
      ...onSmall,
      ...(await doses.onLarge(largeLedger * RECORDS_PER_THERAPY)),
    ];
  } finally {
    await stage.close();
  }
}

/** Fills in tenths; gives the records a second. */
async function fillUp(
  fill: (count: number) => Promise<unknown>,
  from: number,
  to: number,
  print: Print,
): Promise<number> {
  const started = performance.now();
  const step = Math.ceil((to - from) / 10);
  for (let done = from; done < to; done += step) {
    await fill(Math.min(step, to - done));
    print(`${Math.min(done + step, to) * RECORDS_PER_THERAPY} records`);
  }
  return ((to - from) * RECORDS_PER_THERAPY * 1000) / (performance.now() - started);
}

/**
 * Reads traces one after the other and says how long each took, milliseconds.
 * @throws Error when a trace holds another number of records
 */
async function readTraces(
  { sender, reader }: Stage,
  therapies: number,
  count: number,
): Promise<readonly number[]> {
  const traced = Math.min(TRACED, therapies);
  const times: number[] = [];
  // the first round warms up: it is not counted
  for (let index = 0; index < traced + count; index += 1) {
    const serial = 1 + Math.floor(((index % traced) * therapies) / traced);
    const started = performance.now();
    const text = await sender.read(reader.id, `/v1/therapies/${chainOfIdentity(serial)}/trace`);
    if (index >= traced) times.push(performance.now() - started);
    requireRecords(text);
  }
  return times;
}

function requireRecords(text: string): void {
  const { things, records } = JSON.parse(text) as { things: unknown[]; records: unknown[] };
  const found = 1 + things.length + records.length;
  if (found === RECORDS_PER_THERAPY) return;
  throw new Error(`expected a trace of ${RECORDS_PER_THERAPY} records, found ${found}`);
}

function traceFigures(
  { smallLedger, largeLedger }: Sizes,
  small: readonly number[],
  large: readonly number[],
): readonly Figure[] {
  const name = (therapies: number) => `trace at ${therapies * RECORDS_PER_THERAPY} records`;
  return [
    figure(`${name(smallLedger)}, p50`, percentile(small, 0.5), 'ms'),
    figure(`${name(smallLedger)}, p95`, percentile(small, 0.95), 'ms'),
    figure(`${name(largeLedger)}, p50`, percentile(large, 0.5), 'ms'),
    figureWithGoal(
      `${name(largeLedger)}, p95`,
      percentile(large, 0.95),
      'ms',
      'under',
      GOAL_P95_MS,
    ),
    figureWithGoal(
      `${name(largeLedger)}, p50 of that at ${smallLedger * RECORDS_PER_THERAPY}`,
      percentile(large, 0.5) / percentile(small, 0.5),
      'ratio',
      'at most',
      GOAL_RATIO,
    ),
  ];
}
