import type { Finding } from './finding.js';
import type { Player } from './player.js';
import type { Stage } from './stage.js';

/**
 * What stands still where a history ends and names nobody, or nobody who is there (G1): each thing that is stopped says who
 * must do what next, and somebody of that organisation has the role.
 */
export async function unnamedAfter(
  { journeys, people }: Stage,
  end: Player,
): Promise<Finding | undefined> {
  const said = end.said.findLast(({ aside }) => !aside);
  if (!said) return undefined;
  const { acts } = await end.next(journeys[0].coi);
  const isThere = (organisation: string, roles: readonly string[], named: readonly string[]) =>
    named.some((id) => people.has(id)) ||
    [...people.values()].some(
      (each) =>
        each.organisation === organisation && each.roles.some((role) => roles.includes(role)),
    );
  const stopped = acts.filter(({ state }) => state === 'stopped');
  const wanting = stopped.find(
    ({ asked }) =>
      !asked.some(({ organisation, roles, people: named }) => isThere(organisation, roles, named)),
  );
  if (acts.length > 0 && !wanting) return undefined;
  const what = wanting ? `${wanting.noun}, ${wanting.code}` : 'nothing';
  return { key: `nobody is named for ${what} (G1)`, points: [`G1 named: ${what}`], said };
}
