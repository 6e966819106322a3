import { ARMS } from '../definition.js';
import type { Said } from '../account/said.js';
import type { Finding } from './finding.js';
import type { History } from './history.js';
import type { Theatre } from './play.js';
import { type Act, isSpoken, type Spoken } from './spoken.js';

const ASSIGNED = 'therapy:AssignArm';

/** What is answered otherwise where a patient is assigned to another arm: nothing may depend on it (H1). */
export async function dependsOnArm(
  theatre: Theatre,
  history: History,
): Promise<Finding | undefined> {
  if (!history.acts.some(isAssignment)) return undefined;
  const one = await theatre.play(history);
  const other = await theatre.play({ ...history, acts: history.acts.map(inTheOther) });
  const place = one.findIndex((said, index) => answered(said) !== answered(other[index]));
  const said = one[place] ?? one.at(-1);
  if (!said || (place === -1 && one.length === other.length)) return undefined;
  const key = `${said.type} answered otherwise in another arm (H1)`;
  return { key, points: [`H1: ${answered(said)}, and ${answered(other[place])}`], said };
}

function isAssignment(act: Act): boolean {
  return isSpoken(act) && act.type === ASSIGNED;
}

/** The same with each of the arms in the other's place. */
function inTheOther(act: Act): Act {
  if (isSpoken(act)) return isAssignment(act) ? reassigned(act) : act;
  if (act.type !== 'annul' || typeof act.record === 'string') return act;
  return act.record.type === ASSIGNED ? { ...act, record: ASSIGNED } : act;
}

function reassigned(act: Spoken): Spoken {
  const { arm } = act.annexes['arm'] as { readonly arm: string };
  return { ...act, annexes: { arm: { arm: ARMS.find((each) => each !== arm) ?? arm } } };
}

/** An answer without the names that come of a command's digest. */
function answered(said: Said | undefined): string {
  if (!said) return 'nothing';
  const { outcome, effect = '', codes, deviations } = said.answer;
  return [said.type, outcome, effect, ...codes, ...deviations.map(({ code }) => code)].join(' ');
}
