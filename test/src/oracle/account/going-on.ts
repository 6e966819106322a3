import type { Account } from './account.js';
import type { Said } from './said.js';
import type { Thing } from './things.js';
import { itemOf } from './things.js';

export type Decision = Said<'care:DecideToGoOn'>;

const AN_HOUR = 60;

/** How long two may take to sign, and their decision counts, from when the first of them signed; milliseconds. */
function counted(account: Account, { body }: Decision): number {
  return (account.therapy(body.coi).definition.decisionMinutes ?? AN_HOUR) * 60_000;
}

/**
 * What a physician of a party or a release person of the therapy's quality signed before, in the same words and within the
 * process's minutes, where the other of the two signs now; undefined where this is no second signature.
 */
export function firstSignature(account: Account, said: Decision): Decision | undefined {
  const words = JSON.stringify(said.body);
  return account
    .of('care:DecideToGoOn')
    .find(
      (each) =>
        each.index < said.index &&
        each.actor !== said.actor &&
        isPair(account, each, said) &&
        JSON.stringify(each.body) === words &&
        said.time - each.time <= counted(account, said),
    );
}

function isPair(account: Account, one: Decision, other: Decision): boolean {
  const { parties, quality } = account.therapy(one.body.coi);
  const isPhysician = ({ roles, organisation }: Said) =>
    roles.includes('clinician') && parties.includes(organisation);
  const isReleasePerson = ({ roles, organisation }: Said) =>
    roles.includes('release-person') && organisation === quality;
  return (
    (isPhysician(one) && isReleasePerson(other)) || (isReleasePerson(one) && isPhysician(other))
  );
}

/**
 * The first signatures of the decisions that count now for something of these, or for what these were prepared of.
 * @param at milliseconds
 */
export function decisionsOn(account: Account, items: readonly string[], at: number): Decision[] {
  const meant = withPrepared(account, items);
  return account
    .of('care:DecideToGoOn')
    .filter((each) => meant.has(itemOf(each.body.item)))
    .flatMap((each) => firstSignature(account, each) ?? [])
    .filter((first) => at - first.time <= counted(account, first));
}

/** Things, and those that they were prepared of. */
function withPrepared(account: Account, items: readonly string[]): ReadonlySet<Thing> {
  const all = new Set(items);
  for (const item of all) {
    for (const { body } of account.of('custody:DeriveItem')) {
      if (!body.children.some((child) => child.item === item)) continue;
      for (const parent of body.parents) all.add(parent.item);
    }
  }
  return new Set([...all].map(itemOf));
}
