import { z } from 'zod';
import { canonicalise } from '../encoding/codec.js';
import type { ReadOnly } from '../nouns/noun.js';
import { actorId, coi } from '../values/identifiers.js';

const cardSchema = z.strictObject({
  v: z.literal(1),
  card: z.literal('emergency-access'),
  network: z.string().min(1).max(128),
  coi,
  /** the patient's pseudonym */
  patient: actorId,
  /** URL of the gateway at which emergency access is asked for */
  gateway: z.url().max(256),
});

/**
 * What a patient carries for where they are treated elsewhere: of which therapy, and where a physician asks for emergency
 * access. It permits nothing: whoever finds it learns by it no more than it says.
 */
export interface WalletCard extends ReadOnly<z.infer<typeof cardSchema>> {}

/** The text of a card's code. */
export function writeCard(card: Omit<WalletCard, 'v' | 'card'>): string {
  return canonicalise(cardSchema.parse({ ...card, v: 1, card: 'emergency-access' }));
}

/** What a scanner read; undefined where it is no card. */
export function readCard(text: string): WalletCard | undefined {
  try {
    return cardSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
