import {
  type Ancestry,
  type Link,
  linksOfAttempt,
  linksOfBatch,
  linksOfDataset,
  linksOfDesign,
  linksOfItem,
} from '@veinledger/domain/manufacturing/ancestry';
import type { Item } from '@veinledger/domain/custody/item';
import type { Batch, Dataset, Design, Lot } from '@veinledger/domain/manufacturing/made';
import type { StepAttempt } from '@veinledger/domain/manufacturing/step-record';
import { compositeKey, type KeyParts, keys } from './keys.js';
import type { StateReader } from './reader.js';

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
export async function walkAncestry(reader: StateReader, from: readonly Link[]): Promise<Ancestry> {
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
    const key = keyOfLink(link);
    const name = compositeKey(key);
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...(await visit(reader, link, key, found)));
  }
  return found;
}

async function visit(
  reader: StateReader,
  link: Link,
  key: KeyParts,
  found: Found,
): Promise<readonly Link[]> {
  switch (link.kind) {
    case 'item':
      return keep(found, link, await reader.get('item', key), found.items, linksOfItem);
    case 'step':
      return keep(found, link, await reader.get('step', key), found.attempts, linksOfAttempt);
    case 'dataset':
      return keep(found, link, await reader.get('dataset', key), found.datasets, linksOfDataset);
    case 'design':
      return keep(found, link, await reader.get('design', key), found.designs, linksOfDesign);
    case 'batch':
      return keep(found, link, await reader.get('batch', key), found.batches, linksOfBatch);
    case 'lot':
      return keep(found, link, await reader.get('lot', key), found.lots, () => []);
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

function keyOfLink(link: Link): KeyParts {
  switch (link.kind) {
    case 'item':
      return keys.item(link.coi, link.id);
    case 'step':
      return keys.step(link.coi, link.id, link.attempt);
    case 'lot':
      return keys.lot(link.id);
    default:
      return keys.ofTherapy(link.coi, link.kind, link.id);
  }
}
