import { violationOf } from '@veinledger/domain';
import leven from 'leven';
import { z } from 'zod';
import { isTree } from './settings-tree.js';
import { variableOf } from './variables.js';

/** Settings that do not fit; the message names each of them. */
export class SettingsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SettingsError';
  }
}

/**
 * What is wrong with settings, one text for each fault: the setting, or the variable that gave it, and why. An unknown
 * setting is told with the nearest one that there is.
 * @param settings what the schema refused, asked with {@link expectationOf}
 * @param given which variable gave a setting
 */
export function faultsOf(
  error: z.ZodError,
  schema: z.ZodType,
  settings: unknown,
  given: ReadonlyMap<string, string>,
): readonly string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const place = issue.path.map(String);
      const known = [...namesAt(z.toJSONSchema(schema, { io: 'input' }), place)];
      return issue.keys.map((key) => unknown([...place, key].join('.'), key, known, place));
    }
    const { place, expected, found } = violationOf({ issues: [issue] }, settings);
    const name = nameOf(place.join('.'), issue.code !== 'custom' && found === 'nothing', given);
    // a rule over several settings tells by itself what was expected and found
    if (issue.code === 'custom') return [`${name}: ${issue.message}`];
    return [`${name}: expected ${expected}, found ${found}`];
  });
}

function nameOf(setting: string, missing: boolean, given: ReadonlyMap<string, string>): string {
  const variable = given.get(setting);
  if (variable !== undefined) return variable;
  const other = missing ? variableOf(setting) : undefined;
  return other === undefined ? setting || 'settings' : `${setting} (or ${other})`;
}

function unknown(
  setting: string,
  key: string,
  known: readonly string[],
  place: readonly string[],
): string {
  const [nearest] = [...known].sort((one, other) => leven(key, one) - leven(key, other));
  const hint = nearest === undefined ? '' : `; the nearest is ${[...place, nearest].join('.')}`;
  return `${setting}: no such setting${hint}`;
}

/** The names that a JSON Schema knows at a place, those of every alternative. */
function namesAt(schema: unknown, place: readonly string[]): ReadonlySet<string> {
  if (!isTree(schema)) return new Set();
  const { properties, items, oneOf, anyOf, additionalProperties } = schema;
  const alternatives = [oneOf, anyOf].flatMap((each): unknown[] =>
    Array.isArray(each) ? each : [],
  );
  const [first, ...rest] = place;
  const names = alternatives.flatMap((each) => [...namesAt(each, place)]);
  if (first === undefined) return new Set([...names, ...Object.keys(properties ?? {})]);
  if (items !== undefined) return new Set([...names, ...namesAt(items, rest)]);
  const below = isTree(properties) ? properties[first] : additionalProperties;
  return new Set([...names, ...namesAt(below, rest)]);
}
