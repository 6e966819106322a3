import { z } from 'zod';
import { canonicalise } from '../encoding/codec.js';
import type { ReadOnly } from '../nouns/noun.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { code } from '../values/identifiers.js';

/** One difference between two definitions. */
export const processChangeSchema = z.strictObject({
  of: z.enum(['process', 'item', 'step']),
  /** the process, the kind of item or the step */
  id: code,
  change: z.enum(['added', 'removed', 'changed']),
  /** of what changed, the members that differ, sorted */
  members: z.array(z.string().regex(/^[a-z][A-Za-z]{0,47}$/, 'a member of a definition')).max(32),
});

export interface ProcessChange extends ReadOnly<z.infer<typeof processChangeSchema>> {}

/** What says which definition it is, or where in it, and not how a product is made. */
const NAMES = new Set(['id', 'version', 'number', 'code']);
/** What is compared piece by piece. */
const PARTS = new Set(['items', 'steps']);

/**
 * What differs between two versions of a process: of the process itself, of its kinds of items and of its steps, each once,
 * in the order of the later version with what it has no more at the end.
 */
export function changesBetween(
  before: ProcessDefinition,
  after: ProcessDefinition,
): readonly ProcessChange[] {
  const members = membersThatDiffer(before, after).filter((name) => !PARTS.has(name));
  return [
    ...(members.length > 0
      ? [{ of: 'process', id: after.id, change: 'changed', members } as const]
      : []),
    ...changesOfParts('item', partsOf(before.items, 'code'), partsOf(after.items, 'code')),
    ...changesOfParts('step', partsOf(before.steps, 'id'), partsOf(after.steps, 'id')),
  ];
}

/** A change as texts have it: `step sterility-test added`, `step design changed: checks, roles`. */
export function changeInWords({ of, id, change, members }: ProcessChange): string {
  const which = members.length > 0 ? `: ${members.join(', ')}` : '';
  return `${of} ${id} ${change}${which}`;
}

function partsOf<T extends object>(parts: readonly T[], name: keyof T): ReadonlyMap<string, T> {
  return new Map(parts.map((each) => [String(each[name]), each]));
}

function changesOfParts(
  of: 'item' | 'step',
  before: ReadonlyMap<string, object>,
  after: ReadonlyMap<string, object>,
): readonly ProcessChange[] {
  const later = [...after].flatMap(([id, part]): readonly ProcessChange[] => {
    const earlier = before.get(id);
    if (!earlier) return [{ of, id, change: 'added', members: [] }];
    const members = membersThatDiffer(earlier, part);
    return members.length > 0 ? [{ of, id, change: 'changed', members }] : [];
  });
  const gone = [...before.keys()].filter((id) => !after.has(id));
  return [...later, ...gone.map((id) => ({ of, id, change: 'removed', members: [] }) as const)];
}

function membersThatDiffer(before: object, after: object): readonly string[] {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => !NAMES.has(name) && textOf(one.get(name)) !== textOf(other.get(name)))
    .sort();
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalise(value);
}
