import type { ClassicLevel } from 'classic-level';

/** One change of how a database is kept. */
export interface FormatStep {
  /** what it does, for whoever upgrades: `forgets …` */
  readonly says: string;
  /** Does it. Where an interrupted run left it half done, it comes to the same end. */
  readonly run: (db: ClassicLevel) => Promise<void>;
}

/** A kind of database that says in which format it is kept. */
export interface DatabaseKind {
  /** for people, such as `the ledger` */
  readonly name: string;
  /** the format of a database that says none, as the first versions left it */
  readonly unstamped: number;
  /** what leads from that format to the present one, a step for each; whoever changes what is kept adds one */
  readonly steps: readonly FormatStep[];
  /** Why a database of an earlier format cannot be taken along, asked before anything is changed; undefined where it can. */
  readonly refusal?: (db: ClassicLevel) => Promise<string | undefined>;
  /** The format that a database says, undefined where it says none. */
  readonly read: (db: ClassicLevel) => Promise<number | undefined>;
  /** Has a database say its format; on disk when this returns. */
  readonly stamp: (db: ClassicLevel, format: number) => Promise<void>;
}

/** The format in which this version keeps a kind of database. */
export function presentFormat({ unstamped, steps }: DatabaseKind): number {
  return unstamped + steps.length;
}

/** The format in which a database is kept; undefined where there is nothing in it. */
export async function formatOf(kind: DatabaseKind, db: ClassicLevel): Promise<number | undefined> {
  const said = await kind.read(db);
  if (said !== undefined) return said;
  const [first] = await db.keys({ limit: 1 }).all();
  return first === undefined ? undefined : kind.unstamped;
}

/** Why this version does not open a database of a format; undefined where it does. */
export function formatFault(kind: DatabaseKind, folder: string, found: number): string | undefined {
  const expected = presentFormat(kind);
  if (found === expected) return undefined;
  const why =
    found > expected
      ? 'a later version wrote it'
      : "an earlier version wrote it; 'veinledger upgrade' takes it along, given the same --config or --home";
  return `${kind.name} in ${folder}: expected format ${expected}, found ${found}: ${why}`;
}
