import {
  type Ancestry,
  type Link,
  linksOfAttempt,
  linksOfBatch,
  linksOfDataset,
  linksOfDesign,
  linksOfItem,
} from './ancestry.js';
import type { Item } from '../nouns/item.js';
import type { Batch } from '../nouns/batch.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Design } from '../nouns/design.js';
import type { Lot } from '../nouns/lot.js';
import type { StepAttempt } from '../nouns/step.js';
import type { Reader } from '../commands/reader.js';

interface Found {
  readonly items: Item[];
  readonly attempts: StepAttempt[];
  readonly datasets: Dataset[];
  readonly designs: Design[];
  readonly batches: Batch[];
  readonly lots: Lot[];
  readonly missing: string[];
}

/**
 * Follows every branch of the ancestry from the given links by point reads, each thing once.
 * @throws VeinledgerError TOO_MANY_READS
 */
export async function walkAncestry(reader: Reader, from: readonly Link[]): Promise<Ancestry> {
  const found: Found = {
    items: [],
    attempts: [],
    datasets: [],
    designs: [],
    batches: [],
    lots: [],
    missing: [],
  };
  const seen = new Set<string>();
  const waiting = [...from];
  for (let link = waiting.shift(); link !== undefined; link = waiting.shift()) {
    const identity = identityOf(link);
    if (seen.has(identity)) continue;
    seen.add(identity);
    waiting.push(...(await visit(reader, link, found)));
  }
  return found;
}

async function visit(reader: Reader, link: Link, found: Found): Promise<readonly Link[]> {
  if (link.kind === 'lot') {
    const lot = await reader.get('lot', { id: link.id });
    return keep(found, link, lot, found.lots, () => []);
  }
  const { coi, id } = link;
  switch (link.kind) {
    case 'item':
      return keep(found, link, await reader.get('item', { coi, id }), found.items, linksOfItem);
    case 'step': {
      const attempt = await reader.get('step', { coi, step: id, attempt: link.attempt });
      return keep(found, link, attempt, found.attempts, linksOfAttempt);
    }
    case 'dataset': {
      const dataset = await reader.get('dataset', { coi, id });
      return keep(found, link, dataset, found.datasets, linksOfDataset);
    }
    case 'design': {
      const design = await reader.get('design', { coi, id });
      return keep(found, link, design, found.designs, linksOfDesign);
    }
    case 'batch':
      return keep(found, link, await reader.get('batch', { coi, id }), found.batches, linksOfBatch);
  }
}

function keep<T>(
  found: Found,
  link: Link,
  entity: T | undefined,
  into: T[],
  linksOf: (entity: T) => readonly Link[],
): readonly Link[] {
  if (entity === undefined) {
    found.missing.push(`${link.kind} ${link.id}`);
    return [];
  }
  into.push(entity);
  return linksOf(entity);
}

/** What tells a link from every other. */
function identityOf(link: Link): string {
  if (link.kind === 'lot') return JSON.stringify([link.kind, link.id]);
  const attempt = link.kind === 'step' ? [link.attempt] : [];
  return JSON.stringify([link.kind, link.coi, link.id, ...attempt]);
}
