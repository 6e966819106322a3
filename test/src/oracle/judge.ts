import { Account } from './account/account.js';
import { decisionsOn, firstSignature } from './account/going-on.js';
import { isSecond } from './account/overrides.js';
import { isOf, type Said } from './account/said.js';
import { CLAUSES, READINGS } from './clauses/index.js';
import { decidable } from './decidable.js';
import { gateOf, irreversibleStep, itemsAsked, type Matter, matterOf } from './matter.js';

/** What the oracle says of a permission that was asked for. */
export interface Judgement {
  /** why it may not be given, by the clause that forbids; empty when it may */
  readonly forbidden: Whys;
  /** the clauses without any of which it would be permitted */
  readonly alone: readonly string[];
}

type Whys = ReadonlyMap<string, readonly string[]>;

/** What was said before a place of the history, as it is read without some sentences. */
type Reading = (before: number) => Account;

/**
 * Whether a permission may be given after what was said before: the approval of a design, the review or certification
 * of a batch, a dose, what cannot be undone, or a decision to go on after that.
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
  const accounts = new Map<string, Account>();
  const read = (without: ReadonlySet<string>) => {
    const names = OF_ACCOUNTS.filter((id) => without.has(id)).join();
    const reading: Reading = (before) => {
      const key = `${before} ${names}`;
      const account = accounts.get(key) ?? new Account(history.slice(0, before), without);
      accounts.set(key, account);
      return account;
    };
    return reasons(reading, asked, without);
  };
  const forbidden = read(off);
  if (!forbidden) return undefined;
  if (forbidden.size === 0) return { forbidden, alone: [] };
  const alone = new Set(forbidden.size === 1 ? forbidden.keys() : []);
  for (const id of READINGS) {
    if (!off.has(id) && read(new Set([...off, id]))?.size === 0) alone.add(id);
  }
  return { forbidden, alone: [...alone] };
}

/** The sentences that change how an account takes words in. */
const OF_ACCOUNTS = ['A11', 'B1', 'B3'];

/** What an emergency override stands in the place of none of (A11). */
const NOT_OVERRIDDEN = ['A1', 'A2', 'A3', 'A5', 'A8', 'B1', 'C2', 'D2', 'D3', 'E3'];

function reasons(reading: Reading, asked: Said, off: ReadonlySet<string>): Whys | undefined {
  const account = reading(asked.index);
  const matter = matterOf(account, asked, off.has('D1'));
  if (!matter) return undefined;
  const override = isOf(asked, 'care:OverrideDose');
  if (override && !isSecond(account, asked)) return undefined;
  const decision = isOf(asked, 'care:DecideToGoOn');
  if (decision && !firstSignature(account, asked)) return undefined;
  if (off.has('A10') && (decision || irreversibleStep(matter.therapy, asked))) return new Map();
  const found = wrongIn(matter, off);
  if (override) return without(found, (id) => !NOT_OVERRIDDEN.includes(id));
  if (decision) return without(found, decidable(matter, asked));
  const decided = off.has('A10') ? [] : decidedOn(reading, matter, off);
  return without(found, (id, why) => decided.some((whys) => whys.get(id)?.includes(why)));
}

function wrongIn(matter: Matter, off: ReadonlySet<string>): Whys {
  const found = CLAUSES.filter(({ id, gates }) => gates.includes(matter.gate) && !off.has(id))
    .map((clause): [string, readonly string[]] => [clause.id, clause.forbids(matter)])
    .filter(([, whys]) => whys.length > 0);
  return new Map(found);
}

function without(found: Whys, isLeftOut: (id: string, why: string) => boolean): Whys {
  const left = [...found]
    .map(([id, whys]): [string, readonly string[]] => [
      id,
      whys.filter((why) => !isLeftOut(id, why)),
    ])
    .filter(([, whys]) => whys.length > 0);
  return new Map(left);
}

/** What two people decided on, as it stood when the first of them signed, by each decision that counts now (A10). */
function decidedOn(reading: Reading, { account, asked }: Matter, off: ReadonlySet<string>): Whys[] {
  return decisionsOn(account, itemsAsked(asked), asked.time).flatMap((first) => {
    const then = matterOf(reading(first.index), first, off.has('D1'));
    if (!then) return [];
    const isDecided = decidable(then, first);
    return [without(wrongIn(then, off), (id, why) => !isDecided(id, why))];
  });
}
