import type { Purpose } from '@veinledger/domain';

/** What is asked for one purpose. */
export interface PurposeWords {
  readonly name: string;
  readonly question: string;
  /** what a no costs */
  readonly no: string;
  /** what goes on all the same when it is stopped */
  readonly goesOn: string;
  readonly stops: readonly string[];
}

/** Without which no vaccine is made, or given. */
type Needed =
  | 'TREATMENT_MANUFACTURE'
  | 'GENOMIC_SEQUENCING'
  | 'SHARE_NAMED_PARTY'
  | 'CROSS_BORDER'
  | 'OOS_ADMINISTRATION';

type Cost = Pick<PurposeWords, 'no' | 'goesOn'>;

/** What a language says of the purposes: to all of a kind the same, and to each its own. */
export interface SaidOfPurposes {
  readonly needed: Cost & {
    readonly stops: readonly string[];
    readonly each: Readonly<Record<Needed, readonly [name: string, question: string]>>;
  };
  readonly extra: Cost & {
    readonly stops: (what: string) => readonly string[];
    readonly each: Readonly<
      Record<Exclude<Purpose, Needed>, readonly [name: string, question: string, stopped: string]>
    >;
  };
}

/** The words of every purpose. */
export function purposesIn({
  needed,
  extra,
}: SaidOfPurposes): Readonly<Record<string, PurposeWords>> {
  const words: [string, PurposeWords][] = [];
  for (const [purpose, [name, question]] of Object.entries(needed.each)) {
    const { no, goesOn, stops } = needed;
    words.push([purpose, { name, question, no, goesOn, stops }]);
  }
  for (const [purpose, [name, question, stopped]] of Object.entries(extra.each)) {
    const { no, goesOn, stops } = extra;
    words.push([purpose, { name, question, no, goesOn, stops: stops(stopped) }]);
  }
  return Object.fromEntries(words);
}
