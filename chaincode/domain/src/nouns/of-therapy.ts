import { type EntityOf, type Noun, NOUNS } from './registry.js';

type Under<N extends Noun> = 'therapy' extends (typeof NOUNS)[N]['under'] ? N : never;

/** A noun whose entities lie under a therapy; the deviations of a therapy do too. */
export type TherapyNoun = Exclude<{ [N in Noun]: Under<N> }[Noun], 'therapy'> | 'deviation';

/** What the ledger holds of a therapy beside the therapy itself and the records of its commands. */
export type TherapyThing = EntityOf<TherapyNoun>;

/** Every noun of what a therapy's trace lists, in the order of the registry. */
export const THERAPY_NOUNS: readonly TherapyNoun[] = Object.values(NOUNS)
  .map(({ noun }) => noun)
  .filter(isTherapyNoun);

function isTherapyNoun(noun: Noun): noun is TherapyNoun {
  return noun === 'deviation' || (noun !== 'therapy' && NOUNS[noun].under === 'therapy');
}
