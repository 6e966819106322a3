import { requireApprovedCode } from '../code/index.js';
import type { MemberFiles } from '../plan/index.js';
import {
  isAlive,
  ProcessRecords,
  startProcess,
  stopProcess,
  type ProcessRecord,
} from '../processes/index.js';
import { BackOff } from './back-off.js';
import { SupervisedProcesses, type Supervised } from './supervised.js';

/** A refused process is looked at again after this time: somebody may have put its code right. */
const REFUSED_MS = 10_000;

/** Keeps one process as it is wanted. */
export class ProcessController {
  readonly #records: ProcessRecords;
  readonly #processes: SupervisedProcesses;
  readonly #log: (line: string) => void;
  readonly #backOff = new BackOff();
  #wanted: Supervised;
  #record: ProcessRecord | undefined;
  #startedAt: number;
  #notBefore = 0;
  #work: Promise<void> | undefined;

  /** A process that lives is adopted. */
  constructor(files: MemberFiles, wanted: Supervised, log: (line: string) => void) {
    this.#records = new ProcessRecords(files.records);
    this.#processes = new SupervisedProcesses(files);
    this.#wanted = wanted;
    this.#log = log;
    this.#record = this.#records.living(wanted.spec.name);
    this.#startedAt = performance.now();
    if (this.#record !== undefined) log(`${wanted.spec.name}: adopted process ${this.#record.pid}`);
  }

  /** Takes what is wanted now; a process that is to be tried again is tried at once. */
  want(wanted: Supervised): void {
    this.#wanted = wanted;
    this.#notBefore = 0;
  }

  /** Has the process stopped, which is no longer among those to run. */
  dismiss(): void {
    this.#wanted = { ...this.#wanted, wanted: 'stopped' };
  }

  /** Looks at the process and begins what is to be done, unless that goes on already. */
  reconcile(): void {
    if (this.#work !== undefined || !this.#isDue()) return;
    this.#work = this.#act()
      .catch((error: unknown) => this.#log(`${this.#wanted.spec.name}: ${messageOf(error)}`))
      .finally(() => (this.#work = undefined));
  }

  /** Waits for what goes on. */
  async settle(): Promise<void> {
    await this.#work;
  }

  #isDue(): boolean {
    const lives = this.#record !== undefined && isAlive(this.#record);
    if (this.#wanted.wanted === 'stopped') return lives;
    if (lives) return false;
    return this.#record !== undefined || performance.now() >= this.#notBefore;
  }

  async #act(): Promise<void> {
    const { spec, wanted } = this.#wanted;
    if (wanted === 'stopped') {
      if (this.#record !== undefined) await stopProcess(this.#record);
      this.#record = undefined;
      this.#records.remove(spec.name);
      this.#log(`${spec.name}: stopped`);
      return;
    }
    if (this.#record !== undefined) this.#noteDeath(this.#record);
    if (performance.now() >= this.#notBefore) await this.#start();
  }

  #noteDeath({ pid }: ProcessRecord): void {
    const { name } = this.#wanted.spec;
    this.#record = undefined;
    const wait = this.#backOff.after(performance.now() - this.#startedAt);
    this.#notBefore = performance.now() + wait;
    const { deaths } = this.#processes.health(name);
    this.#processes.writeHealth(name, { deaths: deaths + 1 });
    this.#log(`${name}: process ${pid} ended; it is started again in ${wait} ms`);
  }

  async #start(): Promise<void> {
    const { spec, chaincode } = this.#wanted;
    const { deaths } = this.#processes.health(spec.name);
    try {
      if (chaincode !== undefined) await requireApprovedCode(chaincode);
    } catch (error) {
      this.#notBefore = performance.now() + REFUSED_MS;
      this.#processes.writeHealth(spec.name, { deaths, refused: messageOf(error) });
      this.#log(`${spec.name}: refused: ${messageOf(error)}`);
      return;
    }
    try {
      this.#startedAt = performance.now();
      this.#record = await startProcess(spec, this.#records);
      this.#processes.writeHealth(spec.name, { deaths });
      this.#log(`${spec.name}: started as process ${this.#record.pid}`);
    } catch (error) {
      this.#notBefore = performance.now() + this.#backOff.after(0);
      this.#processes.writeHealth(spec.name, { deaths: deaths + 1 });
      throw error;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
