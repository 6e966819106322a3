import type { History } from './history.js';
import type { Stage } from './stage.js';
import { type Act, isSpoken, type Spoken } from './spoken.js';

/** A history in a file: a command of the plan by its name, anything else as it is done. */
export interface Replay {
  /** in words: what goes wrong, and what must become of it */
  readonly says: string;
  /** the id of its process */
  readonly process: string;
  readonly from: string;
  readonly acts: readonly (string | Act)[];
}

/** A history as it is kept. */
export function kept(
  { plan, definition }: Pick<Stage, 'plan' | 'definition'>,
  says: string,
  { from, acts }: History,
): Replay {
  const names = namesOf(plan);
  return {
    says,
    process: definition.id,
    from: names[from] ?? END,
    acts: acts.map((act) => (isSpoken(act) ? (names[plan.indexOf(act)] ?? act) : named(act, plan))),
  };
}

/**
 * A history that was kept.
 * @throws Error when the plan has no command of a name
 */
export function replayed(plan: readonly Spoken[], { from, acts }: Replay): History {
  const names = namesOf(plan);
  const place = (name: string): number => {
    const found = [...names, END].indexOf(name);
    if (found === -1) throw new Error(`the plan has no command ${name}`);
    return found;
  };
  const command = (name: string): Spoken => {
    const found = plan[place(name)];
    if (!found) throw new Error(`the plan has no command ${name}`);
    return found;
  };
  return {
    from: place(from),
    acts: acts.map((act) => {
      if (typeof act === 'string') return command(act);
      if (isSpoken(act) || act.type !== 'annul' || typeof act.record !== 'string') return act;
      return names.includes(act.record) ? { ...act, record: command(act.record) } : act;
    }),
  };
}

const END = 'the end';

/** Every command by its type, and its place among those of that type, from 1. */
function namesOf(plan: readonly Spoken[]): readonly string[] {
  return plan.map(({ type }, index) => {
    const nth = plan.slice(0, index + 1).filter((each) => each.type === type).length;
    return `${type} ${nth}`;
  });
}

function named(act: Act, plan: readonly Spoken[]): Act {
  if (isSpoken(act) || act.type !== 'annul' || typeof act.record === 'string') return act;
  const index = plan.indexOf(act.record);
  return { ...act, record: namesOf(plan)[index] ?? act.record.type };
}
