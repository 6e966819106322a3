import type { KeyParts } from './noun.js';

interface Place {
  readonly noun: string;
  readonly under?: string;
  readonly apart?: true;
  readonly key: readonly PropertyKey[];
}

/**
 * The parts of an entity's key, or of the range over those that share the members given: `[noun, …]` for what stands by
 * itself, `[under, owner, noun, …]` for what is part of something, `[kind, id, noun, …]` for what lies in a scope, unless it lies apart.
 */
export function joinKey({ noun, under, apart, key }: Place, members: object): KeyParts {
  const given = givenOf(key, members);
  const [first, ...rest] = given;
  if (under !== undefined) {
    return first === undefined ? [under, noun] : [under, ...first, noun, ...rest.flat()];
  }
  if (apart) return [noun, ...given.flat()];
  const [kind, ...owner] = first !== undefined && first.length > 1 ? first : [];
  return kind === undefined ? [noun, ...given.flat()] : [kind, ...owner, noun, ...rest.flat()];
}

function givenOf(key: readonly PropertyKey[], members: object): readonly (readonly string[])[] {
  const texts = key.map((member) => textsOf(Reflect.get(members, member)));
  const end = texts.findIndex((each) => each === undefined);
  return (end < 0 ? texts : texts.slice(0, end)).flatMap((each) => (each ? [each] : []));
}

function textsOf(member: unknown): readonly string[] | undefined {
  switch (typeof member) {
    case 'string':
      return [member];
    case 'number':
      return [String(member).padStart(2, '0')];
    case 'object':
      return isScope(member) ? [member.kind, member.id] : undefined;
    default:
      return undefined;
  }
}

function isScope(member: object | null): member is { readonly kind: string; readonly id: string } {
  return member !== null && 'kind' in member && 'id' in member;
}
