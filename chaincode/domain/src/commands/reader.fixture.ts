import { canonicalise } from '../encoding/codec.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import type { Reader } from './reader.js';

/** Answers of these entities what decisions read of the ledger's state; what a deviation is about it does not know. */
export function readerOf(...entities: readonly Entity[]): Reader {
  const of = <N extends Noun>(noun: N, shared: object) =>
    entities.filter((each): each is EntityOf<N> => isOf(each, noun, shared));
  const named = (coi: string, id: string): Promise<NamedItem> => {
    const [item] = of('item', { coi, id });
    return Promise.resolve(item ? { id, known: 'own', item } : { id, known: 'never' });
  };
  return {
    get: (noun, key) => Promise.resolve(of(noun, key)[0]),
    range: (noun, shared) => Promise.resolve(of(noun, shared)),
    wholeTherapy: (coi) =>
      Promise.resolve(entities.filter((each) => 'coi' in each && each.coi === coi)),
    shared: ({ lot, run }) =>
      Promise.resolve([
        ...of('lot', {}).filter(({ id }) => lot.includes(id)),
        ...of('run', {}).filter(({ id }) => run.includes(id)),
        ...of('alarm', {}).filter(
          ({ scope }) =>
            (scope.kind === 'lot' && lot.includes(scope.id)) ||
            (scope.kind === 'run' && run.includes(scope.id)),
        ),
      ]),
    therapy: (coi) => there(of('therapy', { coi })),
    processOf: ({ process: { id, version } }) => there(of('process', { id, version })),
    record: () => Promise.resolve(undefined),
    named,
    given: named,
    subject: () => Promise.resolve(undefined),
  };
}

function isOf<N extends Noun>(each: Entity, noun: N, shared: object): each is EntityOf<N> {
  const members = new Map<string, unknown>(Object.entries(each));
  return (
    each.noun === noun &&
    Object.entries(shared).every(
      ([name, value]) => canonicalise(members.get(name) ?? null) === canonicalise(value ?? null),
    )
  );
}

function there<T>([found]: readonly T[]): Promise<T> {
  return found === undefined
    ? Promise.reject(new Error('no entity was given for that'))
    : Promise.resolve(found);
}
