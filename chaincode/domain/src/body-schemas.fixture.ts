import { z } from 'zod';
import { COMMANDS } from './catalogue.js';

/** A schema within the body of a command, as JSON Schema. */
export interface Place {
  /** `custody:ReleaseItem.properties.seals.items` */
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every schema within a schema, itself included. */
export function placesIn(value: unknown, path: string): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => placesIn(each, `${path}[${at}]`));
  if (!isObject(value)) return [];
  const within = Object.entries(value).flatMap(([name, each]) => placesIn(each, `${path}.${name}`));
  return [{ path, schema: value }, ...within];
}

/** Every schema within the bodies of all commands. */
export const PLACES: readonly Place[] = COMMANDS.flatMap(({ type, body }) =>
  placesIn(z.toJSONSchema<z.ZodType>(body, { io: 'input' }), type),
);
