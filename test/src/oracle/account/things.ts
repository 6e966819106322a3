import type { Subject } from './bodies.js';

/** The name of a thing in relations. */
export type Thing = string;

const name = (...parts: readonly (string | number)[]): Thing => JSON.stringify(parts);

export const itemOf = (item: string): Thing => name('item', item);
export const stepOf = (coi: string, step: string, attempt: number): Thing =>
  name('step', coi, step, attempt);
export const datasetOf = (coi: string, dataset: string): Thing => name('dataset', coi, dataset);
export const designOf = (coi: string, design: string): Thing => name('design', coi, design);
export const batchOf = (coi: string, batch: string): Thing => name('batch', coi, batch);
export const lotOf = (lot: string): Thing => name('lot', lot);
export const runOf = (run: string): Thing => name('run', run);
export const therapyOf = (coi: string): Thing => name('therapy', coi);

/** The thing that a deviation or a hold names. */
export function subjectOf({ kind, coi, id = '', attempt = 1 }: Subject): Thing {
  switch (kind) {
    case 'item':
      return itemOf(id);
    case 'step':
      return stepOf(coi, id, attempt);
    case 'dataset':
      return datasetOf(coi, id);
    case 'design':
      return designOf(coi, id);
    case 'batch':
      return batchOf(coi, id);
    default:
      return therapyOf(coi);
  }
}

/** The other way round: what a deviation or a hold names a thing by; undefined for lots and runs. */
export function subjectNamed(thing: Thing, coi: string): Subject | undefined {
  const [kind, ...rest] = JSON.parse(thing) as [string, ...(string | number)[]];
  const [first = '', second = '', third = 1] = rest;
  switch (kind) {
    case 'item':
      return { kind, coi, id: String(first) };
    case 'step':
      return { kind, coi, id: String(second), attempt: Number(third) };
    case 'dataset':
    case 'design':
    case 'batch':
      return { kind, coi, id: String(second) };
    case 'therapy':
      return { kind, coi };
    default:
      return undefined;
  }
}
