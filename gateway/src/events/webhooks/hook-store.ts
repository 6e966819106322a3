import type { GatewayState } from '../../state/gateway-state.js';
import { z } from 'zod';
import type { Collection, KeyRange } from '../../state/collection.js';
import type { EventPosition } from '../event-position.js';
import {
  type Checkpoint,
  checkpoint,
  type DeadLetter,
  deadLetter,
  type StoredHook,
  storedHook,
} from './hook.js';

/** Sorts after every key that begins with a hook's id and a slash. */
const AFTER_LETTERS = '0';

/** Hooks with their checkpoints and dead letters, on disk. */
export class HookStore {
  readonly #hooks: Collection<StoredHook>;
  readonly #checkpoints: Collection<Checkpoint>;
  readonly #deadLetters: Collection<DeadLetter>;
  readonly #told: Collection<readonly string[]>;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(state: GatewayState) {
    this.#hooks = state.collection('webhooks', (value) => storedHook.parse(value));
    this.#checkpoints = state.collection('webhook-checkpoints', (value) => checkpoint.parse(value));
    this.#deadLetters = state.collection('webhook-letters', (value) => deadLetter.parse(value));
    this.#told = state.collection('webhook-calls', (value) => z.array(z.string()).parse(value));
  }

  hook(id: string): Promise<StoredHook | undefined> {
    return this.#hooks.get(id);
  }

  async hooks(): Promise<readonly StoredHook[]> {
    const all: StoredHook[] = [];
    for await (const [, hook] of this.#hooks.entries()) all.push(hook);
    return all;
  }

  /**
   * Writes a new hook, after `admit` has seen all there are.
   * @throws what `admit` throws
   */
  add(hook: StoredHook, admit: (hooks: readonly StoredHook[]) => void): Promise<void> {
    return this.#alone(async () => {
      admit(await this.hooks());
      await this.#hooks.put(hook.id, hook);
    });
  }

  /** Changes a hook, one change after the other; undefined when there is none. */
  change(id: string, to: (hook: StoredHook) => StoredHook): Promise<StoredHook | undefined> {
    return this.#alone(async () => {
      const hook = await this.#hooks.get(id);
      if (hook === undefined) return undefined;
      const changed = to(hook);
      await this.#hooks.put(id, changed);
      return changed;
    });
  }

  /** Removes a hook with all that belongs to it. */
  async remove(id: string): Promise<void> {
    await this.#alone(() => this.#hooks.delete(id));
    await this.#checkpoints.delete(id);
    const deadLetters = await this.deadLetters(id);
    await this.#deadLetters.change(
      deadLetters.map((each) => [deadLetterKey(id, each.id), undefined]),
    );
    const told: string[] = [];
    for await (const [key] of this.#told.entries({ from: `["${id}",`, before: `["${id}"-` }))
      told.push(key);
    await this.#told.change(told.map((key) => [key, undefined]));
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#changing.then(work);
    this.#changing = mine.catch(() => undefined);
    return mine;
  }

  checkpoint(id: string): Promise<Checkpoint | undefined> {
    return this.#checkpoints.get(id);
  }

  putCheckpoint(id: string, value: Checkpoint): Promise<void> {
    return this.#checkpoints.put(id, value);
  }

  /** Dead letters in the order of their events. */
  async deadLetters(hook: string): Promise<readonly DeadLetter[]> {
    const all: DeadLetter[] = [];
    for await (const [, each] of this.#deadLetters.entries(keysOf(hook))) all.push(each);
    return all;
  }

  /** The ids of the calls of a therapy that a hook was told, as far as they still stand. */
  async told(hook: string, coi: string): Promise<readonly string[]> {
    return (await this.#told.get(JSON.stringify([hook, coi]))) ?? [];
  }

  putTold(hook: string, coi: string, ids: readonly string[]): Promise<void> {
    return this.#told.put(JSON.stringify([hook, coi]), ids);
  }

  deadLetter(hook: string, id: string): Promise<DeadLetter | undefined> {
    return this.#deadLetters.get(deadLetterKey(hook, id));
  }

  putDeadLetter(hook: string, value: DeadLetter): Promise<void> {
    return this.#deadLetters.put(deadLetterKey(hook, value.id), value);
  }

  removeDeadLetter(hook: string, id: string): Promise<void> {
    return this.#deadLetters.delete(deadLetterKey(hook, id));
  }
}

/** The keys of a hook's dead letters. */
function keysOf(hook: string): KeyRange {
  return { from: `${hook}/`, before: `${hook}${AFTER_LETTERS}` };
}

function deadLetterKey(hook: string, id: string): string {
  const [block = '', index = ''] = id.split('.');
  return `${hook}/${block.padStart(15, '0')}.${index.padStart(9, '0')}`;
}

/** Where a hook begins that is served from now on. */
export function startingAt(position: EventPosition): Checkpoint {
  return { position, tries: 0 };
}
