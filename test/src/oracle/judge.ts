import { Account } from './account/account.js';
import type { Said } from './account/said.js';
import { CLAUSES, READINGS } from './clauses/index.js';
import { gateOf, matterOf } from './matter.js';

/** What the oracle says of a permission that was asked for. */
export interface Judgement {
  /** why it may not be given, by the clause that forbids; empty when it may */
  readonly forbidden: ReadonlyMap<string, readonly string[]>;
  /** the clauses without any of which it would be permitted */
  readonly alone: readonly string[];
}

/**
 * Whether a permission may be given after what was said before: the approval of a design, the review or certification
 * of a batch, or a dose.
 * @param history everything that was said, with the answers
 * @param asked one of its permissions
 * @param off the clauses that are left out
 * @returns undefined for what asks at no gate, or names no therapy
 */
export function judge(
  history: readonly Said[],
  asked: Said,
  off: ReadonlySet<string> = new Set(),
): Judgement | undefined {
  if (gateOf(asked) === undefined) return undefined;
  const before = history.slice(0, asked.index);
  const accounts = new Map<string, Account>();
  const read = (without: ReadonlySet<string>) => {
    const key = OF_STANDING.filter((id) => without.has(id)).join();
    const account = accounts.get(key) ?? new Account(before, without);
    accounts.set(key, account);
    return reasons(account, asked, without);
  };
  const forbidden = read(off);
  if (!forbidden) return undefined;
  if (forbidden.size === 0) return { forbidden, alone: [] };
  const alone = new Set(forbidden.size === 1 ? forbidden.keys() : []);
  for (const reading of READINGS) {
    if (!off.has(reading) && read(new Set([...off, reading]))?.size === 0) alone.add(reading);
  }
  return { forbidden, alone: [...alone] };
}

/** The sentences that change whose words an account takes in. */
const OF_STANDING = ['B1', 'B3'];

function reasons(
  account: Account,
  asked: Said,
  off: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> | undefined {
  const matter = matterOf(account, asked, off.has('D1'));
  if (!matter) return undefined;
  const found = CLAUSES.filter(({ id, gates }) => gates.includes(matter.gate) && !off.has(id))
    .map((clause): [string, readonly string[]] => [clause.id, clause.forbids(matter)])
    .filter(([, whys]) => whys.length > 0);
  return new Map(found);
}
