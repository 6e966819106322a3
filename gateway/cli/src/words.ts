import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Words separated by commas, each of a schema. */
export function commaSeparated<Item>(item: z.ZodType<Item, string>): z.ZodType<readonly Item[]> {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(item).min(1));
}

/** A word of a vocabulary, with a message that names it. */
export function wordOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(', ')}` });
}

/** A fresh id that the actor's own system gives: a prefix and eight random characters. */
export function freshId(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}
