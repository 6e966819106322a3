/** Texts that stand for themselves: printable ASCII without quote and backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A place on the way from the value to the part that is being written. */
interface Step {
  readonly within: object;
  at: string | number;
}

/**
 * Canonical JSON (RFC 8785). `JSON.stringify` writes strings and `String` writes numbers as the RFC asks (its sections
 * 3.2.2.2 and 3.2.2.3). Nothing is left out, replaced or called: a value is written as it is, each member read once,
 * or refused.
 * @throws TypeError naming the place of what JSON cannot express: undefined, a hole in an array, a number that is not
 *   finite, a bigint, a function, a symbol, a lone surrogate, an object of a class (a date, a map), a member that is
 *   hidden or named by a symbol, a cycle; and of a member `__proto__`, which JavaScript takes for something else
 */
export function canonicalForm(value: unknown): string {
  return written(value, []);
}

function written(value: unknown, path: Step[]): string {
  if (typeof value === 'string') return stringForm(value, path);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return String(value);
    throw inexpressible(String(value), path);
  }
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'object') return structure(value, path);
  throw inexpressible(typeof value, path);
}

function stringForm(text: string, path: readonly Step[]): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (text.isWellFormed()) return JSON.stringify(text);
  throw inexpressible('a lone surrogate', path);
}

function structure(value: object, path: Step[]): string {
  for (const { within } of path) if (within === value) throw inexpressible('a cycle', path);
  const step: Step = { within: value, at: '' };
  path.push(step);
  const text = Array.isArray(value) ? arrayForm(value, step, path) : objectForm(value, step, path);
  path.pop();
  return text;
}

function arrayForm(values: readonly unknown[], step: Step, path: Step[]): string {
  let text = '[';
  for (let at = 0; at < values.length; at += 1) {
    step.at = at;
    const value = values[at];
    if (value === undefined && !(at in values)) throw inexpressible('a hole', path);
    text += at === 0 ? written(value, path) : `,${written(value, path)}`;
  }
  // its length is a member too
  requireMembers(values, values.length + 1, path);
  return `${text}]`;
}

function objectForm(value: object, step: Step, path: Step[]): string {
  requirePlain(value, path);
  const keys = Object.keys(value);
  requireMembers(value, keys.length, path);
  // by UTF-16 code units (RFC 8785 section 3.2.3)
  if (!isOrdered(keys)) keys.sort();
  let text = '{';
  let comma = '';
  for (const key of keys) {
    step.at = key;
    if (key === '__proto__') throw inexpressible('a member of this name', path);
    text += `${comma}${stringForm(key, path)}:${written(value[key], path)}`;
    comma = ',';
  }
  return `${text}}`;
}

function isOrdered(keys: readonly string[]): boolean {
  let before = '';
  for (const key of keys) {
    if (key < before) return false;
    before = key;
  }
  return true;
}

/** An object literal, of whichever realm, or an object without a prototype. */
function requirePlain(
  value: object,
  path: readonly Step[],
): asserts value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  throw inexpressible('an object of a class', path.slice(0, -1));
}

function requireMembers(value: object, count: number, path: readonly Step[]): void {
  if (Reflect.ownKeys(value).length === count) return;
  throw inexpressible('a member that JSON leaves out', path.slice(0, -1));
}

function inexpressible(what: string, path: readonly Step[]): TypeError {
  const place = path.map(({ at }) => (typeof at === 'number' ? `[${at}]` : `.${at}`)).join('');
  return new TypeError(place === '' ? what : `${what} at ${place.replace(/^\./u, '')}`);
}
