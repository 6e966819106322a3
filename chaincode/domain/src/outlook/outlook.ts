import { z } from 'zod';
import type { ReadOnly } from '../nouns/noun.js';
import { reasonSchema } from '../nouns/reason.js';
import { code, coi, commandTypeName, instant } from '../values/identifiers.js';
import { EFFECTIVE_CONSENT_STATES, THING_STATES } from '../values/words.js';

const gateOutlookSchema = z.strictObject({
  /** what it would be asked of, as reasons name it: `item https://id.gs1.org/…`, `step calling`, `therapy …` */
  subject: z.string(),
  /** the type of the command that asks */
  gate: commandTypeName,
  /** the step of the process that it would lead to */
  step: code.exactOptional(),
  /** what it would say, without what is of who asks and of the bedside's minutes; empty when it would permit */
  reasons: z.array(reasonSchema),
  /** there are more reasons, of consents, which this reader may not see */
  withheld: z.boolean().exactOptional(),
});

/** What the next gate would say of a thing. */
export interface GateOutlook extends ReadOnly<z.infer<typeof gateOutlookSchema>> {}

const thingOutlookSchema = z.strictObject({
  subject: z.string(),
  state: z.enum(THING_STATES),
  /** by the thing's own record alone */
  byRecord: z.enum(THING_STATES),
});

/** How a thing stands, in one word. */
export interface ThingOutlook extends ReadOnly<z.infer<typeof thingOutlookSchema>> {}

const consentOutlookSchema = z.strictObject({
  /** `consent GENOMIC_SEQUENCING consent-1` */
  subject: z.string(),
  state: z.enum(EFFECTIVE_CONSENT_STATES),
});

/** How a consent stands, in one word. */
export interface ConsentOutlook extends ReadOnly<z.infer<typeof consentOutlookSchema>> {}

export const outlookSchema = z.strictObject({
  coi,
  /** RFC 3339: when the gates would be asked */
  at: instant,
  gates: z.array(gateOutlookSchema),
  things: z.array(thingOutlookSchema),
  /** left out where the reader may not see the patient's consents */
  consents: z.array(consentOutlookSchema).exactOptional(),
  /** the reader does not see all that counts here */
  partial: z.boolean().exactOptional(),
});

/** What the gates would say of everything in a therapy at a time, and how it stands by that. */
export interface Outlook extends ReadOnly<z.infer<typeof outlookSchema>> {}
