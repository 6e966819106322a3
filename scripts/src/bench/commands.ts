import { cpuFigures } from './cpu-split.js';
import { type Figure, figure } from './figures.js';
import type { Profile } from './gateway-messages.js';
import { type Job, type Request, readJobs } from './jobs.js';
import { load, type Loaded } from './load.js';
import { MemoryRecord } from './memory.js';
import { sampledTherapy } from './messages.js';
import type { Print } from './progress.js';
import { JobSigner } from './job-signer.js';
import { signAhead } from './sign.js';
import type { Sizes } from './sizes.js';
import { openStage, type Stage } from './stage.js';
import { CONCURRENCIES, rateOf, throughputFigures } from './throughput.js';
import { verifiableCommands, verificationFigures, verifyRateFigures } from './verification.js';
import { measureVerifyRate, type VerifyRate } from './verify-rate.js';

/** Therapies whose samples' readings are handed in. */
const THERAPIES = 64;
/** How often the resident memory is looked at. */
const LOOKS = 100;
const BUSY = 64;

/** Commands over HTTP: how many a second, what they cost, and what they leave in memory. */
export async function measureCommands(
  directory: string,
  sizes: Sizes,
  print: Print,
): Promise<readonly Figure[]> {
  const count = sizes.memoryTo + sizes.profiled;
  const stage = await openStage(directory);
  try {
    const signer = new JobSigner(stage.network, stage.people);
    for (let serial = 1; serial <= THERAPIES; serial += 1) {
      const job = await signer.sign(sampledTherapy(stage.speakers, serial));
      for (const request of job) await stage.sender.send(request);
    }
    print(`signing ${count} commands`);
    const { network, speakers, people } = stage;
    const files = await signAhead({
      ...{ network, speakers, people, directory },
      ...{ what: 'readings', count, therapies: THERAPIES },
    });
    print('verifying signatures alone');
    const commands = await verifiableCommands(files, stage.people);
    const rate = await measureVerifyRate(commands, sizes.verifyMs);
    return await new CommandRun(stage, readJobs(files), print).measure(sizes, rate);
  } finally {
    await stage.close();
  }
}

/** One stream of signed commands into one gateway, measured along the way. */
class CommandRun {
  readonly #stage: Stage;
  readonly #jobs: AsyncIterator<Job, void>;
  readonly #print: Print;
  readonly #send: (request: Request) => Promise<void>;
  #sent = 0;

  constructor(stage: Stage, jobs: AsyncIterator<Job, void>, print: Print) {
    this.#stage = stage;
    this.#jobs = jobs;
    this.#print = print;
    this.#send = (request) => stage.sender.send(request);
  }

  async measure(sizes: Sizes, rate: VerifyRate): Promise<readonly Figure[]> {
    const { gateway } = this.#stage;
    const before = await gateway.usage();
    await this.#load(sizes.warmUp, BUSY);
    const figures: Figure[] = [];
    for (const concurrency of CONCURRENCIES) {
      const loaded = await this.#load(sizes.commands[concurrency], concurrency);
      figures.push(...throughputFigures(concurrency, loaded));
      this.#print(`${Math.round(rateOf(loaded))} commands/s at concurrency ${concurrency}`);
      if (concurrency === BUSY) figures.unshift(...verifyRateFigures(rate, loaded));
    }
    const { memory, spent } = await this.#remember(sizes);
    const counted = verificationFigures(this.#sent, before, await gateway.usage());
    const profile = await this.#profile(sizes);
    const cpu = cpuFigures({ ...spent, profile, verifyMs: rate.cpuMs });
    return [...figures, ...counted, ...memory, ...cpu];
  }

  async #remember({ memoryFrom, memoryTo }: Sizes) {
    const { gateway } = this.#stage;
    const memory = new MemoryRecord();
    await this.#load(memoryFrom - this.#sent, BUSY);
    const step = Math.ceil((memoryTo - memoryFrom) / LOOKS);
    const before = await gateway.usage();
    const started = performance.now();
    while (this.#sent < memoryTo) {
      await this.#load(Math.min(step, memoryTo - this.#sent), BUSY);
      memory.note(this.#sent, (await gateway.usage()).residentBytes);
      if (this.#sent % (step * 10) < step) this.#print(`${this.#sent} of ${memoryTo} commands`);
    }
    const seconds = (performance.now() - started) / 1000;
    const commands = memoryTo - memoryFrom;
    const sustained = commands / seconds;
    const figures = [
      figure(
        `commands end to end from command ${memoryFrom} to ${memoryTo}`,
        sustained,
        'commands/s',
      ),
      ...memory.figures(memoryFrom, memoryTo),
    ];
    return { memory: figures, spent: { commands, before, after: await gateway.usage() } };
  }

  async #profile({ profiled }: Sizes): Promise<Profile> {
    const { gateway } = this.#stage;
    this.#print(`profiling ${profiled} commands`);
    await gateway.startProfile();
    await this.#load(profiled, BUSY);
    return gateway.stopProfile();
  }

  async #load(count: number, concurrency: number): Promise<Loaded> {
    const loaded = await load({ jobs: this.#jobs, count, concurrency, send: this.#send });
    this.#sent += loaded.commands;
    return loaded;
  }
}
