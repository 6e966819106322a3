import type { Learner } from './learners.js';
import { LEFT_OUT, type WithheldMember, REDUCED } from './members.js';

/** What somebody learns of a thing or of a command's record: all, nothing, or all without what these members say. */
export type Sight = 'whole' | 'nothing' | readonly WithheldMember[];

/** What each learner is told; who is not named is told nothing. */
export type Told = Readonly<Partial<Record<Learner, Sight>>>;

/** Something as somebody is told of it. */
export type Seen<T> = T & {
  /** the members that do not say what they say on the ledger */
  readonly withheld?: readonly string[];
};

/** What somebody learns who is several things: all that any of them is told. */
export function widest(sights: readonly Sight[]): Sight {
  const told = sights.filter((each) => each !== 'nothing');
  const [first, ...others] = told;
  if (first === undefined) return 'nothing';
  return others.reduce(
    (one, other) =>
      one === 'whole' || other === 'whole' ? 'whole' : one.filter((each) => other.includes(each)),
    first,
  );
}

/** What somebody learns of what belongs to several: what each of them lets be told. */
export function narrowest(sights: readonly Sight[]): Sight {
  if (sights.includes('nothing')) return 'nothing';
  const without = sights.flatMap((each) => (typeof each === 'string' ? [] : each));
  return without.length > 0 ? [...new Set(without)] : 'whole';
}

/** What these learners are told by a line of the table. */
export function sightOf(told: Told, learners: readonly Learner[]): Sight {
  return widest(learners.map((each) => told[each] ?? 'nothing'));
}

/** The thing as it is told; undefined where nothing is. The same object where nothing had to be taken from it. */
export function tell<T extends object>(thing: T, sight: Sight): Seen<T> | undefined {
  if (sight === 'whole') return thing;
  if (sight === 'nothing') return undefined;
  const members = new Map<string, unknown>(Object.entries(thing));
  const changed = sight.filter((member) => {
    const value = members.get(member);
    if (value === undefined) return false;
    const reduced = REDUCED[member](value);
    if (reduced === undefined) return false;
    members.set(member, reduced);
    return true;
  });
  const told = withheldFrom(thing, members, changed);
  for (const member of changed) {
    if (members.get(member) === LEFT_OUT) Reflect.deleteProperty(told, member);
  }
  return told;
}

/** The thing with other members, some of which say less than they did. */
export function withheldFrom<T extends object>(
  thing: T,
  members: ReadonlyMap<string, unknown>,
  changed: readonly string[],
): Seen<T> {
  if (changed.length === 0) return thing;
  const before = 'withheld' in thing && Array.isArray(thing.withheld) ? thing.withheld : [];
  const withheld = [...new Set([...before.map(String), ...changed])].sort();
  return Object.assign({}, thing, Object.fromEntries(members), { withheld });
}
