import type { Journey } from './honest/journey.js';
import type { Body, Spoken, Value } from './spoken.js';

/** Everything once more in a therapy: from new samples, with new labels and names, to one dose. */
export interface Anew {
  readonly lots: readonly Spoken[];
  /** from the first collection to the administration */
  readonly words: readonly Spoken[];
}

/** No plan tries a step so often. */
const ATTEMPT = 9;

/**
 * What was said in another therapy, as it would be said in one that has come to a standstill.
 * @param said what was said of the other therapy, to its end
 * @param shared the lots and runs that were registered for all
 */
export function anewFrom(
  said: readonly Spoken[],
  shared: readonly Spoken[],
  [own, other]: readonly [Journey, Journey],
): Anew {
  const named = new Set(
    shared.map(({ body }) => body['lot'] ?? body['run']).filter((name) => typeof name === 'string'),
  );
  const given = said.flatMap((each) => [...namesGiven(each.body)]);
  const names = new Map<string, string>([
    [other.coi, own.coi],
    [other.patient.id, own.patient.id],
    ...[...named].map((name): [string, string] => [name, `${name}B`]),
    ...given.flatMap((name): [string, string][] => [
      [name, `${name}-again`],
      [`dataset.${name}`, `dataset.${name}-again`],
    ]),
  ]);
  const first = said.findIndex(({ type }) => type === 'custody:CollectItem');
  const last = said.findIndex(({ type }) => type === 'care:RecordAdministration');
  return {
    lots: shared.map((each) => renamed(each, names)),
    words: said.slice(first, last + 1).map((each) => renamed(each, names)),
  };
}

/** The same words about another order line. */
export function forLine(words: readonly Spoken[], number: number): readonly Spoken[] {
  return words.map((each) =>
    'number' in each.body ? { ...each, body: { ...each.body, number } } : each,
  );
}

/** What a command gives a name that is its therapy's own. */
function namesGiven(body: Body): readonly string[] {
  const datasets = Array.isArray(body['datasets']) ? (body['datasets'] as readonly Value[]) : [];
  return [
    ...['design', 'batch', 'dose', 'verification', 'handOff'].map((name) => body[name]),
    ...datasets.map((each) => (typeof each === 'object' ? (each as Body)['id'] : each)),
  ].filter((name) => typeof name === 'string');
}

function renamed(spoken: Spoken, names: ReadonlyMap<string, string>): Spoken {
  const annexes = Object.entries(spoken.annexes).map(([name, content]) => [
    names.get(name) ?? name,
    content,
  ]);
  return {
    ...spoken,
    body: rename(spoken.body, names) as Body,
    annexes: Object.fromEntries(annexes) as Spoken['annexes'],
  };
}

function rename(value: Value, names: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((each: Value) => rename(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === 'attempt' ? ATTEMPT : name === 'kind' ? each : rename(each, names),
    ]),
  );
}
