/** A value of JSON; an instant in it is told relative to when the command is said. */
export type Value =
  string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Body = Readonly<Record<string, Value>>;

/** What a reported step is told by. */
export const reportType = 'manufacturing:ReportStep';

/** A command that somebody is to say. */
export interface Spoken {
  readonly type: string;
  /** the actor's id */
  readonly by: string;
  readonly body: Body;
  /** contents by name */
  readonly annexes: Readonly<Record<string, Value>>;
  /** how long before it is said it happened; 0 when left out */
  readonly lateMs?: number;
  readonly lateReason?: string;
}

/** Nothing happens for a while. */
export interface Wait {
  readonly type: 'wait';
  readonly ms: number;
}

/** Quality settles everything that it can; or leaves one subject of one deviation, drawn by a number. */
export interface Settle {
  readonly type: 'settle';
  readonly leaving?: number;
  /** what needs no investigation alone */
  readonly uninvestigated?: true;
}

/** People sign that a record was entered in error: what was said last as the plan says it, or of a type. */
export interface Annul {
  readonly type: 'annul';
  readonly record: Spoken | string;
  readonly by: readonly string[];
  readonly reason: string;
}

/** A clinician confirms that a patient's keys end, as a registrar asked last (E4). */
export interface Confirm {
  readonly type: 'confirm';
  readonly by: string;
}

export type Act = Spoken | Wait | Settle | Annul | Confirm;

const NOT_SPOKEN = ['wait', 'settle', 'annul', 'confirm'];

export function isSpoken(act: Act): act is Spoken {
  return !NOT_SPOKEN.includes(act.type);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** instants of the recording lie milliseconds apart, which a seed does not repeat */
const ROUND_MS = 1000;

/** The same value with every instant relative to a time, milliseconds. */
export function relative(value: Value, to: number): Value {
  return mapped(value, (text) =>
    INSTANT.test(text)
      ? { afterMs: Math.round((Date.parse(text) - to) / ROUND_MS) * ROUND_MS }
      : text,
  );
}

/** The same value with every relative instant as of a time, milliseconds. */
export function absolute(value: Value, to: number): Value {
  if (Array.isArray(value)) return value.map((each: Value) => absolute(each, to));
  if (typeof value !== 'object' || value === null) return value;
  const { afterMs } = value as Readonly<Record<string, Value>>;
  if (typeof afterMs === 'number') return new Date(to + afterMs).toISOString();
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, absolute(each, to)]),
  );
}

/** The same value with every command that is told by its type (`commandOf`) named as it was answered. */
export function named(value: Value, commandOf: (type: string) => string): Value {
  if (Array.isArray(value)) return value.map((each: Value) => named(each, commandOf));
  if (typeof value !== 'object' || value === null) return value;
  const { commandOf: type } = value as Readonly<Record<string, Value>>;
  if (typeof type === 'string') return commandOf(type);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, named(each, commandOf)]),
  );
}

/** The same value with every text changed. */
export function mapped(value: Value, change: (text: string) => Value): Value {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each: Value) => mapped(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapped(each, change)]),
  );
}
