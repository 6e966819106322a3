import serialise from 'canonicalize';

/** Deeper values are left to the library, which also finds cycles. */
const MAX_DEPTH = 32;

/** What stands for a value that {@link ordered} leaves to the library. */
const LEFT = Symbol('left to the library');

/**
 * Canonical JSON (RFC 8785); undefined for what has no JSON form. `JSON.stringify` writes strings and numbers as the
 * RFC asks (its sections 3.2.2.2 and 3.2.2.3), so that plain values need their keys in order and nothing else;
 * everything unusual is left to the library.
 * @throws Error for numbers that are not finite, lone surrogates, cycles
 */
export function canonicalForm(value: unknown): string | undefined {
  const plain = ordered(value, 0);
  return plain === LEFT ? serialise(value) : JSON.stringify(plain);
}

/** The same value with the keys of its objects in order: itself where they are. */
function ordered(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : LEFT;
  if (typeof value === 'number') return Number.isFinite(value) ? value : LEFT;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object' || depth === MAX_DEPTH) return LEFT;
  return Array.isArray(value) ? orderedArray(value, depth) : orderedObject(value, depth);
}

function orderedArray(values: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | undefined;
  for (let at = 0; at < values.length; at += 1) {
    const member = ordered(values[at], depth + 1);
    if (member === LEFT) return LEFT;
    if (member !== values[at]) {
      copy ??= [...values];
      copy[at] = member;
    }
  }
  return copy ?? values;
}

function orderedObject(value: object, depth: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return LEFT;
  if ('toJSON' in value) return LEFT;
  const members: [string, unknown][] = Object.entries(value);
  let changed = false;
  let before = '';
  for (const member of members) {
    const [key, content] = member;
    if (!isOrdinary(key)) return LEFT;
    if (key < before) changed = true;
    before = key;
    if (content === undefined) continue;
    const put = ordered(content, depth + 1);
    if (put === LEFT) return LEFT;
    if (put !== content) {
      member[1] = put;
      changed = true;
    }
  }
  if (!changed) return value;
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Objects keep keys that look like numbers in an order of their own, whatever order they are put in. */
function isOrdinary(key: string): boolean {
  const first = key.charCodeAt(0);
  return !(first >= 48 && first <= 57) && key !== '__proto__' && key.isWellFormed();
}
