import type { TherapyTrace, Thing } from '../reads/therapy-lists.js';

/** Matters of one kind that stand in the way of the same things, in codes and ids. */
export interface Obstacle {
  readonly what: 'recall' | 'halt' | 'rejection' | 'suspect signature' | 'hold' | 'deviation';
  readonly code: string;
  /** what it stops, each as its noun and id */
  readonly stops: readonly string[];
  /** of the deviations, holds or batches concerned */
  readonly ids: readonly string[];
}

/** What nobody has settled: by a trace's own blockers, recalls and suspect signatures. */
export function obstaclesOf({ therapy, things, records }: TherapyTrace): readonly Obstacle[] {
  const matters = new Map<string, Matter>();
  for (const { name, blockers } of [blockedTherapy(therapy), ...things.flatMap(blockedThing)]) {
    for (const { kind, id, code } of blockers) {
      if (kind === 'annulled') continue;
      const what = kind === 'rejected' ? 'rejection' : kind;
      const key = JSON.stringify([what, id]);
      const stops = [...(matters.get(key)?.stops ?? []), name];
      matters.set(key, { what, id, code, stops });
    }
  }
  for (const thing of things) {
    if (thing.noun !== 'batch' || thing.recall === undefined) continue;
    const [id, code] = [thing.id, thing.recall.reason];
    matters.set(JSON.stringify(['recall', id]), {
      what: 'recall',
      id,
      code,
      stops: [`batch ${id}`],
    });
  }
  for (const { suspect, commandId: id, type } of records) {
    if (suspect === undefined || suspect.confirmedBy !== undefined) continue;
    const [what, code] = ['suspect signature' as const, `of ${suspect.actor}`];
    matters.set(JSON.stringify([what, id]), { what, id, code, stops: [`command ${type}`] });
  }
  return together([...matters.values()]);
}

type Matter = Omit<Obstacle, 'ids'> & { readonly id: string };

const WORST_FIRST: readonly Obstacle['what'][] = [
  'recall',
  'halt',
  'rejection',
  'suspect signature',
  'hold',
  'deviation',
];

/** Matters with the same code that stop the same are one obstacle; the worst first. */
function together(matters: readonly Matter[]): readonly Obstacle[] {
  const obstacles = new Map<string, Obstacle>();
  for (const { what, code, stops, id } of matters) {
    const key = JSON.stringify([what, code, stops]);
    const ids = [...(obstacles.get(key)?.ids ?? []), id];
    obstacles.set(key, { what, code, stops, ids });
  }
  return [...obstacles.values()].sort(
    (one, other) => WORST_FIRST.indexOf(one.what) - WORST_FIRST.indexOf(other.what),
  );
}

type Blockers = Extract<Thing, { noun: 'item' }>['blockers'];

interface Blocked {
  readonly name: string;
  readonly blockers: Blockers;
}

function blockedTherapy({ coi, blockers }: TherapyTrace['therapy']): Blocked {
  return { name: `therapy ${coi}`, blockers: [...blockers] };
}

function blockedThing(thing: Thing): readonly Blocked[] {
  if (!('blockers' in thing)) return [];
  const id = thing.noun === 'step' ? `${thing.step}/${thing.attempt}` : thing.id;
  return [{ name: `${thing.noun} ${id}`, blockers: thing.blockers }];
}
