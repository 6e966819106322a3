import { z } from 'zod';
import { actorId, coi, digest, instant, itemId, organisationId } from '../values/identifiers.js';
import {
  CUSTODY_STATES,
  disposalBasis,
  disposalDecision,
  HAND_OFF_VERDICTS,
} from '../values/words.js';
import { attemptOf } from './attempt.js';
import { blockable } from './blockable.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { relabellingSchema } from './relabelling.js';
import { knownAs, principalOf, signedSchema } from './signed.js';

const itemRefSchema = z.strictObject({ coi, id: itemId });

/** An item, as what came from it refers to it. */
export interface ItemRef extends ReadOnly<z.infer<typeof itemRefSchema>> {}

export const holderSchema = z.strictObject({
  organisation: organisationId,
  actor: actorId,
  /** the person behind it, when a device received it */
  principal: actorId.exactOptional(),
  /** keyed digest of the natural person */
  person: digest.exactOptional(),
});

/** Who last received a thing physically. */
export interface Holder extends ReadOnly<z.infer<typeof holderSchema>> {}

const rangeSchema = z.strictObject({
  temperatureMinC: z.number().exactOptional(),
  temperatureMaxC: z.number().exactOptional(),
});

/** The temperature range that a kind of item bears, degrees Celsius; an absent limit is open. */
export interface TemperatureRange extends ReadOnly<z.infer<typeof rangeSchema>> {}

export const itemSchema = z.strictObject({
  noun: z.literal('item'),
  coi,
  /** ISBT 128 DIN or GS1 Digital Link */
  id: itemId,
  /** what else its label says: a number of the other system, by which it is found and compared too */
  alias: itemId.exactOptional(),
  /** the labels that it was given in the place of its first one, in this order */
  relabellings: z.array(relabellingSchema).exactOptional(),
  /** a kind of the process definition, or `unidentified` */
  kind: z.string(),
  parents: z.array(itemRefSchema),
  holder: holderSchema,
  /** who has it in hand though it was not addressed to them; they may hand it on or back */
  foundBy: holderSchema.exactOptional(),
  custody: z.enum(CUSTODY_STATES),
  range: rangeSchema,
  collected: z
    .strictObject({
      /** the person who took it */
      by: actorId,
      occasion: z.string(),
      /** an earlier sample that it is to confirm */
      confirms: itemId.exactOptional(),
      /** the second person */
      confirmedBy: actorId.exactOptional(),
    })
    .exactOptional(),
  producedBy: attemptOf.exactOptional(),
  design: z.string().exactOptional(),
  batch: z.string().exactOptional(),
  /** use before */
  useBy: instant.exactOptional(),
  /** by what it was made of, whatever its batch's expiry became; once that was changed */
  ownUseBy: instant.exactOptional(),
  /** since when it, or the first of what it was prepared from, has been open */
  inUseSince: instant.exactOptional(),
  /** since when its holder has had it: its collection, its making or its receipt, by effective time */
  heldSince: instant.exactOptional(),
  /** the hand-off under way, or the last one */
  handOff: z
    .strictObject({
      id: z.string(),
      verdict: z.enum([...HAND_OFF_VERDICTS, 'pending']),
      /** MSP id of who gave it away */
      from: organisationId.exactOptional(),
      /** MSP id of whom it was given to */
      to: organisationId.exactOptional(),
    })
    .exactOptional(),
  /** what is to become of it after the therapy was halted, and on what legal basis */
  disposal: signedSchema
    .extend({
      decision: disposalDecision,
      basis: disposalBasis,
      /** of what is destroyed: not earlier, unless the patient says so */
      notBefore: instant.exactOptional(),
    })
    .exactOptional(),
  disposed: signedSchema
    .extend({
      method: z.string(),
      reason: z.string(),
      /** a second person who knows of it */
      witnessed: signedSchema.extend({ evidence: z.string() }).exactOptional(),
    })
    .exactOptional(),
  /** everybody who signed for it: collection, confirmation, making, both halves of each hand-off */
  signatures: z.array(signedSchema),
  ...blockable,
});

/** A physical thing under a chain of identity: a sample, an intermediate, a vial, a dose. */
export interface Item extends ReadOnly<z.infer<typeof itemSchema>> {}

/** All by which whoever took a sample is known: as an actor, and as a natural person. */
export function collectorOf({
  collected,
  signatures,
}: Pick<Item, 'collected' | 'signatures'>): readonly string[] {
  if (!collected) return [];
  const taken = signatures.filter((signed) => principalOf(signed) === collected.by);
  return [collected.by, ...taken.flatMap(knownAs)];
}

export const itemNoun = defineNoun<Item>()({
  noun: 'item',
  schema: itemSchema,
  under: 'therapy',
  key: ['coi', 'id'],
  read: { contract: 'custody', readers: 'parties' },
});
