import { randomUUID } from 'node:crypto';
import { expectationOf, VeinledgerError, violationOf } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { problemOf } from '../problems/from-error.js';
import { ProblemError } from '../problems/problem.js';
import type { Collection } from '../state/collection.js';
import type { GatewayState } from '../state/gateway-state.js';
import { isFinished, type Job, job } from './job.js';
import type { AnyJobKind, Progress } from './job-kind.js';

const COLLECTION = 'jobs';
/** How many jobs of one caller, and of all, may be waiting or running. */
export const OPEN_PER_CALLER = 3;
export const OPEN_AT_ONCE = 20;
/** How many finished jobs of one caller are remembered. */
const FINISHED_PER_CALLER = 50;
/** When to ask again, seconds. */
export const RETRY_AFTER_S = 2;

interface Running {
  readonly id: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Long work that callers hand in: done one at a time, in the order of its coming, and remembered. */
export class JobQueue {
  readonly #kinds: ReadonlyMap<string, AnyJobKind>;
  readonly #collection: Collection<Job>;
  /** every job by its id, the oldest first */
  readonly #jobs = new Map<string, Job>();
  #running: Running | undefined;
  #closed = false;

  private constructor(kinds: readonly AnyJobKind[], collection: Collection<Job>) {
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.#collection = collection;
  }

  /** Opens the jobs of a gateway. What ran when it stopped is interrupted; what waited is done now. */
  static async open(kinds: readonly AnyJobKind[], state: GatewayState): Promise<JobQueue> {
    const queue = new JobQueue(
      kinds,
      state.collection(COLLECTION, (value) => job.parse(value)),
    );
    const known: Job[] = [];
    for await (const [, each] of queue.#collection.entries()) known.push(each);
    known.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    for (const each of known) queue.#jobs.set(each.id, each);
    for (const each of known)
      if (each.state === 'running') await queue.#finish(each, 'interrupted');
    queue.#next();
    return queue;
  }

  /** The kinds of work, by name. */
  get kinds(): readonly AnyJobKind[] {
    return [...this.#kinds.values()];
  }

  /**
   * Takes a job on.
   * @throws VeinledgerError NOT_ENTITLED for work that the caller may not have done
   * @throws LedgerError for a caller whose member the ledger does not let have it done
   * @throws ProblemError UNKNOWN_JOB_KIND, INVALID_JOB_INPUT, TOO_MANY_JOBS
   */
  async start(caller: Caller, kind: string, input: unknown): Promise<Job> {
    const known = this.#kindOf(kind);
    known.authorise?.(caller);
    requireInput(known, input);
    await known.admit?.(caller);
    this.#requireRoom(caller);
    const taken: Job = {
      id: randomUUID(),
      kind,
      owner: caller.id,
      input,
      state: 'queued',
      createdAt: now(),
    };
    await this.#keep(taken);
    await this.#forgetOld(caller);
    this.#next();
    return this.#jobs.get(taken.id) ?? taken;
  }

  /**
   * A job of the caller's own.
   * @throws VeinledgerError NOT_FOUND, for others' jobs too; NOT_ENTITLED in roles in which the caller may not have it done
   */
  find(caller: Caller, id: string): Job {
    const found = this.#jobs.get(id);
    if (found?.owner === caller.id) {
      this.#kinds.get(found.kind)?.authorise?.(caller);
      return found;
    }
    throw new VeinledgerError('NOT_FOUND', 'the caller has no such job', {
      field: 'params.id',
      found: id,
    });
  }

  /** The caller's own jobs, the oldest first: those that they may have done in the roles in which they call. */
  list(caller: Caller): readonly Job[] {
    return this.#ownedBy(caller).filter(({ kind }) => {
      try {
        this.#kinds.get(kind)?.authorise?.(caller);
        return true;
      } catch {
        return false;
      }
    });
  }

  /**
   * Cancels a job that waits or runs, once its work has stopped; forgets one that is finished.
   * @throws VeinledgerError NOT_FOUND
   */
  async cancel(caller: Caller, id: string): Promise<void> {
    const found = this.find(caller, id);
    if (isFinished(found)) {
      this.#jobs.delete(id);
      await this.#collection.delete(id);
    } else if (this.#running?.id === id) {
      this.#running.abort.abort();
      await this.#running.ended;
    } else {
      await this.#finish(found, 'cancelled');
    }
  }

  /** Stops what runs, which is interrupted; what waits is done when the gateway is there again. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  #ownedBy({ id }: Caller): readonly Job[] {
    return [...this.#jobs.values()].filter(({ owner }) => owner === id);
  }

  #next(): void {
    if (this.#closed || this.#running !== undefined) return;
    const waiting = [...this.#jobs.values()].find(({ state }) => state === 'queued');
    if (waiting === undefined) return;
    const abort = new AbortController();
    const ended = this.#run(waiting, abort.signal)
      .catch(() => this.#giveUp(waiting))
      .finally(() => {
        this.#running = undefined;
        this.#next();
      });
    this.#running = { id: waiting.id, abort, ended };
  }

  async #run(waiting: Job, signal: AbortSignal): Promise<void> {
    const running: Job = { ...waiting, state: 'running', startedAt: now() };
    await this.#keep(running);
    // progress is not written down: it is of no use once the process is gone
    const report = (progress: Progress) => {
      this.#jobs.set(running.id, { ...running, progress });
    };
    try {
      // it may have been cancelled before its work could listen
      signal.throwIfAborted();
      const result = await this.#kindOf(running.kind).perform(running.input, { signal, report });
      await this.#finish(running, 'succeeded', { result });
    } catch (error) {
      if (signal.aborted) await this.#finish(running, this.#closed ? 'interrupted' : 'cancelled');
      else await this.#finish(running, 'failed', { fault: faultOf(error) });
    }
  }

  /** A job of which nothing can be written down any more is failed for as long as the gateway is there. */
  #giveUp(lost: Job): void {
    const fault = { code: 'STATE_NOT_WRITTEN', detail: 'the gateway could not write the job down' };
    this.#jobs.set(lost.id, { ...lost, state: 'failed', finishedAt: now(), fault });
  }

  #finish(
    finished: Job,
    state: Job['state'],
    ended: Partial<Pick<Job, 'result' | 'fault'>> = {},
  ): Promise<void> {
    const { progress } = this.#jobs.get(finished.id) ?? {};
    const reached = progress === undefined ? {} : { progress };
    return this.#keep({ ...finished, ...reached, ...ended, state, finishedAt: now() });
  }

  async #keep(kept: Job): Promise<void> {
    this.#jobs.set(kept.id, kept);
    await this.#collection.put(kept.id, kept);
  }

  async #forgetOld(caller: Caller): Promise<void> {
    const finished = this.#ownedBy(caller).filter(isFinished);
    const old = finished.slice(0, Math.max(finished.length - FINISHED_PER_CALLER, 0));
    for (const { id } of old) this.#jobs.delete(id);
    await this.#collection.change(old.map(({ id }) => [id, undefined]));
  }

  #requireRoom(caller: Caller): void {
    const open = [...this.#jobs.values()].filter((each) => !isFinished(each));
    const own = open.filter(({ owner }) => owner === caller.id).length;
    if (own < OPEN_PER_CALLER && open.length < OPEN_AT_ONCE) return;
    throw new ProblemError({
      status: 429,
      code: 'TOO_MANY_JOBS',
      detail: 'jobs are done one after another; wait for one, or cancel it',
      expected: `at most ${OPEN_PER_CALLER} of a caller and ${OPEN_AT_ONCE} of all waiting or running`,
      found: `${own} and ${open.length}`,
      headers: { 'retry-after': String(RETRY_AFTER_S) },
    });
  }

  #kindOf(name: string): AnyJobKind {
    const kind = this.#kinds.get(name);
    if (kind) return kind;
    throw new ProblemError({
      status: 400,
      code: 'UNKNOWN_JOB_KIND',
      detail: 'the gateway does no such work',
      field: 'body.kind',
      expected: [...this.#kinds.keys()].join(', '),
      found: name,
    });
  }
}

function requireInput({ input: schema }: AnyJobKind, input: unknown): void {
  const parsed = schema.safeParse(input, { error: expectationOf });
  if (parsed.success) return;
  const { place, expected, found } = violationOf(parsed.error, input);
  throw new ProblemError({
    status: 400,
    code: 'INVALID_JOB_INPUT',
    detail: 'the kind of job takes another input',
    field: ['body.input', ...place].join('.'),
    expected,
    found,
  });
}

function now(): string {
  return new Date().toISOString();
}

function faultOf(error: unknown): Job['fault'] & object {
  const { code, detail } = problemOf(error);
  return { code, detail };
}
