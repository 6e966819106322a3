import type { z } from 'zod';

/** What a schema reads, as nobody changes it. */
export type ReadOnly<T> = T extends readonly (infer E)[]
  ? readonly ReadOnly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: ReadOnly<T[K]> }
    : T;

/** The parts of a key: an object type, then its attributes. */
export type KeyParts = readonly [string, ...string[]];

/** One noun of the ledger: what is written of it, and where it lies. */
export interface NounDefinition<
  E extends { readonly noun: string },
  K extends keyof E,
  U extends string,
> {
  readonly noun: E['noun'];
  /** closed: an entity holds what it names and nothing else */
  readonly schema: z.ZodType<E> & z.core.$ZodTypeDiscriminable;
  /** of what it is part, whose key begins with the first member; it stands by itself where this is absent */
  readonly under?: U;
  /** it lies by itself, although its key begins with a scope: whoever lists what the scope holds does not find it */
  readonly apart?: true;
  /** the members that make its key, in their order; a scope gives its kind and its id */
  readonly key: readonly K[];
}

/** Declares a noun by its entity: `defineNoun<Dose>()({ noun: 'dose', … })`. */
export function defineNoun<E extends { readonly noun: string }>() {
  return <const K extends keyof E, const U extends string = never>(
    definition: NounDefinition<E, K, U>,
  ): NounDefinition<E, K, U> => definition;
}
