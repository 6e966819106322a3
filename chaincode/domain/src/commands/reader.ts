import type { Alarm } from '../nouns/alarm.js';
import type { Lot } from '../nouns/lot.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { ProcessVersion } from '../nouns/process.js';
import type { CommandRecord } from '../nouns/record.js';
import type { BlockableEntity, Entity, EntityOf, KeyOf, Noun } from '../nouns/registry.js';
import type { Run } from '../nouns/run.js';
import type { SubjectRef } from '../nouns/subject.js';
import type { Therapy } from '../nouns/therapy.js';

/** What decisions read of the ledger's state. Contracts and replay both answer it; each read is counted. */
export interface Reader {
  /**
   * The entity under a key, or undefined.
   * @throws VeinledgerError TOO_MANY_READS
   */
  get<N extends Noun>(noun: N, key: KeyOf<N>): Promise<EntityOf<N> | undefined>;

  /** Every entity of a noun that shares these members of its key, in the order of the keys. */
  range<N extends Noun>(noun: N, shared: Partial<KeyOf<N>>): Promise<readonly EntityOf<N>[]>;

  /**
   * Everything that the ledger's state holds of a therapy but the records of commands, in the order of the keys.
   * @throws VeinledgerError UNKNOWN_COI, RANGE_CUT when the ledger gave a part of it only
   */
  wholeTherapy(coi: string): Promise<readonly Entity[]>;

  /**
   * The lots and runs of these ids that are on record, and the alarms about any of them. Counts as one read: how many a
   * therapy names is its reporters' word, and a limit would stop it for ever.
   */
  shared(
    ids: Readonly<Record<'lot' | 'run', readonly string[]>>,
  ): Promise<readonly (Lot | Run | Alarm)[]>;

  /** @throws VeinledgerError UNKNOWN_COI */
  therapy(coi: string): Promise<Therapy>;

  /**
   * The pinned process of a therapy.
   * @throws VeinledgerError UNKNOWN_PROCESS
   */
  processOf(therapy: Therapy): Promise<ProcessVersion>;

  /** The record of a command, by the command's id. */
  record(commandId: string): Promise<CommandRecord | undefined>;

  /**
   * What the ledger knows of an identifier by which a command of therapy `coi` names a thing. It is looked for in this
   * therapy first, so that a thing of its own takes one read of one key.
   * @throws VeinledgerError COI_AS_ITEM for a chain of identity
   */
  named(coi: string, id: string): Promise<NamedItem>;

  /**
   * The same of an identifier that a command gives to something new, which most likely nobody has taken.
   * @throws VeinledgerError COI_AS_ITEM for a chain of identity
   */
  given(coi: string, id: string): Promise<NamedItem>;

  /**
   * What a deviation, a hold or an alarm is about, a thing by whichever number of its labels; undefined when the ledger does
   * not know it.
   */
  subject(ref: SubjectRef): Promise<BlockableEntity | undefined>;
}
