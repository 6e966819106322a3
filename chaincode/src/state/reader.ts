import {
  type BlockableEntity,
  coi,
  type CommandRecord,
  type Entity,
  type EntityOf,
  type Item,
  keyFor,
  type KeyOf,
  type KeyParts,
  type NamedItem,
  type Noun,
  type ProcessVersion,
  type Reader,
  type SubjectRef,
  type Therapy,
  VeinledgerError,
} from '@veinledger/domain';
import { compositeKey } from './composite-key.js';
import type { Store } from './store.js';

/** The most that one decision reads: keys, ranges, and identifiers with what they name. */
export const MAX_READS = 300;

/** Typed reads over the store; counts them, so that no command walks without end. */
export class StateReader implements Reader {
  readonly #store: Store;
  #reads = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The entity under a key, or undefined.
   * @throws VeinledgerError TOO_MANY_READS
   */
  async get<N extends Noun>(noun: N, key: KeyOf<N>): Promise<EntityOf<N> | undefined> {
    this.#count();
    return this.#read(noun, key);
  }

  /** Every entity of a noun that shares these members of its key, in the order of the keys. */
  async range<N extends Noun>(noun: N, shared: Partial<KeyOf<N>>): Promise<readonly EntityOf<N>[]> {
    this.#count();
    return this.#range(noun, shared);
  }

  /** Everything under a prefix, whatever it is. */
  async everything(prefix: KeyParts): Promise<readonly Entity[]> {
    this.#count();
    const found = await this.#store.range(compositeKey(prefix));
    return found.map(({ value }) => JSON.parse(value) as Entity);
  }

  /**
   * Everything that the state holds of a therapy but the records of commands, in the order of the keys.
   * @throws VeinledgerError UNKNOWN_COI, RANGE_CUT
   */
  async wholeTherapy(coi: string): Promise<readonly Entity[]> {
    const found = await this.everything(['therapy', coi]);
    const last = found.at(-1);
    if (last === undefined) throw unknownCoi(coi);
    if (last.noun === '~end') return found.slice(0, -1);
    throw new VeinledgerError('RANGE_CUT', "the ledger gave a part of the therapy's state only", {
      field: 'coi',
      expected: 'a range that ends with ~end',
      found: last.noun,
    });
  }

  /** The lots and runs of these ids that are on record, and the alarms about any of them; one read. */
  async shared(ids: Readonly<Record<'lot' | 'run', readonly string[]>>) {
    this.#count();
    const kinds = ['lot', 'run'] as const;
    const found = await Promise.all(
      kinds.flatMap((kind) =>
        ids[kind].map(async (id) => [
          (await this.#read(kind, { id })) ?? [],
          await this.#range('alarm', { scope: { kind, id } }),
        ]),
      ),
    );
    return found.flat(2);
  }

  /**
   * @throws VeinledgerError UNKNOWN_COI
   */
  async therapy(coi: string): Promise<Therapy> {
    const therapy = await this.get('therapy', { coi });
    if (therapy) return therapy;
    throw unknownCoi(coi);
  }

  /**
   * The pinned process of a therapy.
   * @throws VeinledgerError UNKNOWN_PROCESS
   */
  async processOf(therapy: Therapy): Promise<ProcessVersion> {
    const { id, version } = therapy.process;
    const process = await this.get('process', { id, version });
    if (process) return process;
    throw new VeinledgerError('UNKNOWN_PROCESS', 'the process definition is not published', {
      field: 'process',
      expected: 'a published definition',
      found: `${id} ${version}`,
    });
  }

  /** The record of a command, by the command's id. */
  async record(commandId: string): Promise<CommandRecord | undefined> {
    const pointer = await this.get('command', { commandId });
    return (
      pointer &&
      this.get('record', {
        scope: pointer.scope,
        transactionTime: pointer.transactionTime,
        commandId,
      })
    );
  }

  /**
   * What the ledger knows of an identifier by which a command of therapy `coi` names a thing. It is looked for in this
   * therapy first, so that a thing of its own takes one read of one key. Counts as one read, whether the identifier is
   * taken or not: a command names as many new ones as it may name old ones.
   * @throws VeinledgerError COI_AS_ITEM for a chain of identity, TOO_MANY_READS
   */
  async named(coi: string, id: string): Promise<NamedItem> {
    this.#count();
    const item = await this.#read('item', { coi, id });
    return item ? { id, known: 'own', item } : this.#identified(coi, id);
  }

  /** The same of an identifier that a command gives to something new, which most likely nobody has taken. */
  async given(coi: string, id: string): Promise<NamedItem> {
    this.#count();
    return this.#identified(coi, id);
  }

  /**
   * What a deviation, a hold or an alarm is about, a thing by whichever number of its labels; undefined when the ledger does
   * not know it.
   */
  async subject(ref: SubjectRef): Promise<BlockableEntity | undefined> {
    const { coi } = ref;
    switch (ref.kind) {
      case 'therapy':
        return this.get('therapy', { coi });
      case 'step':
        return this.get('step', { coi, step: ref.id, attempt: ref.attempt });
      case 'item':
        return (await this.get('item', { coi, id: ref.id })) ?? this.#labelled(coi, ref.id);
      default:
        return this.get(ref.kind, { coi, id: ref.id });
    }
  }

  /** The thing of a therapy that was given a number beside its own. */
  async #labelled(coi: string, id: string): Promise<Item | undefined> {
    const index = await this.#read('item-index', { id });
    if (index?.item === undefined || index.coi !== coi) return undefined;
    return this.#read('item', { coi, id: index.item });
  }

  async #identified(coi: string, id: string): Promise<NamedItem> {
    const index = await this.#read('item-index', { id });
    if (!index) {
      await this.#requireNoTherapy(id);
      return { id, known: 'never' };
    }
    const item = await this.#read('item', { coi: index.coi, id: index.item ?? id });
    if (!item) return { id, known: 'never' };
    return { id, known: index.coi === coi ? 'own' : 'foreign', item };
  }

  /** A chain of identity is laid out as a donation number is, and names no thing. */
  async #requireNoTherapy(id: string): Promise<void> {
    if (!coi.safeParse(id).success) return;
    if (!(await this.#read('therapy', { coi: id }))) return;
    throw new VeinledgerError('COI_AS_ITEM', 'a chain of identity names a therapy, not an item', {
      field: 'item',
      expected: "an item's identifier",
      found: id,
    });
  }

  async #read<N extends Noun>(noun: N, key: KeyOf<N>): Promise<EntityOf<N> | undefined> {
    const text = await this.#store.get(compositeKey(keyFor(noun, key)));
    return text === undefined ? undefined : entityOf(noun, text);
  }

  async #range<N extends Noun>(noun: N, shared: Partial<KeyOf<N>>): Promise<EntityOf<N>[]> {
    const found = await this.#store.range(compositeKey(keyFor(noun, shared)));
    return found.map(({ value }) => entityOf(noun, value));
  }

  #count(): void {
    this.#reads += 1;
    if (this.#reads <= MAX_READS) return;
    throw new VeinledgerError(
      'TOO_MANY_READS',
      'the command needs more of the ledger than one may read',
      {
        expected: `at most ${MAX_READS} reads`,
        found: `${this.#reads}`,
      },
    );
  }
}

function unknownCoi(coi: string): VeinledgerError {
  return new VeinledgerError('UNKNOWN_COI', 'no therapy has this chain of identity', {
    field: 'coi',
    expected: 'the chain-of-identity id of a therapy',
    found: coi,
  });
}

function entityOf<N extends Noun>(noun: N, text: string): EntityOf<N> {
  const entity = JSON.parse(text) as Entity;
  if (entity.noun === noun) return entity as EntityOf<N>;
  throw new Error(`the state holds a ${entity.noun} where a ${noun} belongs`);
}
