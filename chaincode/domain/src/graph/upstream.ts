import type { Ancestry } from './ancestry.js';
import {
  type Link,
  linksOfAttempt,
  linksOfBatch,
  linksOfDataset,
  linksOfDesign,
  linksOfItem,
  nameOfAttempt,
  nameOfLink,
} from './links.js';
import type { WholeTherapy } from './whole.js';

type Found = {
  readonly [K in Exclude<keyof Ancestry, 'asked'>]: Ancestry[K][number][];
};

/**
 * Everything that these things were made of, through every branch to the leaves, each once. What is not of this therapy
 * is named and not followed: its own chain is nobody's business here.
 */
export function upstreamOf(whole: WholeTherapy, from: readonly Link[]): Ancestry {
  const found: Found = {
    items: [],
    attempts: [],
    datasets: [],
    designs: [],
    batches: [],
    lots: [],
    missing: [],
    foreign: [],
    circular: [],
  };
  const done = new Set<string>();
  const under = new Set<string>();
  const waiting: { link: Link; left: boolean }[] = [...from]
    .reverse()
    .map((link) => ({ link, left: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { link, left } = next;
    const name = placeOf(link);
    if (left) {
      under.delete(name);
      done.add(name);
    } else if (under.has(name)) {
      found.circular.push(nameOfLink(link));
    } else if (!done.has(name)) {
      under.add(name);
      waiting.push({ link, left: true });
      const further = visit(whole, link, found);
      waiting.push(...[...further].reverse().map((each) => ({ link: each, left: false })));
    }
  }
  return { ...found, asked: from };
}

/** Another therapy's item is another thing, whatever its label says. */
function placeOf(link: Link): string {
  return link.kind === 'item' ? `item ${link.coi} ${link.id}` : nameOfLink(link);
}

function visit(whole: WholeTherapy, link: Link, found: Found): readonly Link[] {
  switch (link.kind) {
    case 'item': {
      const item = whole.items.get(link.id);
      if ((item ?? link).coi === whole.therapy.coi && link.coi === whole.therapy.coi) {
        return keep(link, item, found.items, found, linksOfItem);
      }
      found.foreign.push(nameOfLink(link));
      return [];
    }
    case 'step': {
      const attempt = whole.attempts.get(nameOfAttempt(link));
      return keep(link, attempt, found.attempts, found, linksOfAttempt);
    }
    case 'dataset':
      return keep(link, whole.datasets.get(link.id), found.datasets, found, linksOfDataset);
    case 'design':
      return keep(link, whole.designs.get(link.id), found.designs, found, linksOfDesign);
    case 'batch':
      return keep(link, whole.batches.get(link.id), found.batches, found, linksOfBatch);
    case 'lot':
      return keep(link, whole.lots.get(link.id), found.lots, found, () => []);
  }
}

function keep<T>(
  link: Link,
  thing: T | undefined,
  into: T[],
  found: Found,
  linksOf: (thing: T) => readonly Link[],
): readonly Link[] {
  if (thing === undefined) {
    found.missing.push(nameOfLink(link));
    return [];
  }
  into.push(thing);
  return linksOf(thing);
}
