import type { EntityChange } from '@veinledger/chaincode/replay';
import type { Entity, Noun } from '@veinledger/domain';

/** One member of a thing, named by its path, as it was and as it is; a value that was or is not there is left out. */
export interface ChangedValue {
  readonly member: string;
  readonly old?: string;
  readonly new?: string;
}

/** A thing that a command wrote: what its noun and key call it, and what of it became different. */
export interface ChangedThing {
  readonly noun: Noun;
  readonly name: string;
  readonly isNew: boolean;
  readonly values: readonly ChangedValue[];
}

/** What the ledger writes beside each thing, so that it finds it: it says nothing that a receipt does not. */
const POINTERS: ReadonlySet<Noun> = new Set<Noun>([
  'record',
  'command',
  'signature',
  'item-index',
  'key-holder',
  'natural-person',
  '~end',
]);

/** What names a thing, and so never changes. */
const NAMES: ReadonlySet<string> = new Set(['noun', 'coi', 'id']);

/** What a command changed, old and new, member by member. */
export function changedThings(changes: readonly EntityChange[]): readonly ChangedThing[] {
  return changes
    .filter(({ after }) => !POINTERS.has(after.noun))
    .map(({ before, after }) => ({
      noun: after.noun,
      name: nameOf(after),
      isNew: before === undefined,
      values: changedValues(before, after),
    }));
}

function nameOf(entity: Entity): string {
  const members = new Map<string, unknown>(Object.entries(entity));
  if (entity.noun === 'step') return `${entity.step}/${entity.attempt}`;
  const named = ['id', 'coi', 'actor', 'device', 'organisation'].map((name) => members.get(name));
  return named.find((each) => typeof each === 'string') ?? '';
}

function changedValues(before: Entity | undefined, after: Entity): readonly ChangedValue[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  const members = [...new Set([...old.keys(), ...now.keys()])];
  return members.flatMap((member): readonly ChangedValue[] => {
    const [was, is] = [old.get(member), now.get(member)];
    if (was === is) return [];
    return [
      {
        member,
        ...(was === undefined ? {} : { old: was }),
        ...(is === undefined ? {} : { new: is }),
      },
    ];
  });
}

/** Every value within a thing by its path, but for what names the thing. */
function valuesOf(entity: Entity | undefined): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(entity ?? {})) {
    if (NAMES.has(name)) continue;
    for (const [path, text] of textsIn(value, name)) values.set(path, text);
  }
  return values;
}

function* textsIn(value: unknown, path: string): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null) {
    yield [path, String(value)];
    return;
  }
  for (const [name, member] of Object.entries(value)) yield* textsIn(member, `${path}.${name}`);
}
