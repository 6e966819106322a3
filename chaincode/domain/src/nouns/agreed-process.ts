import { z } from 'zod';
import { code, digest, instant, version } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const agreedProcessSchema = z.strictObject({
  noun: z.literal('agreed-process'),
  id: code,
  version,
  /** SHA-256 of the definition's canonical form, base64url */
  hash: digest,
  proposal: code,
  at: instant,
});

/** A process definition that members agreed on by votes; it can be published from then on. */
export interface AgreedProcess extends ReadOnly<z.infer<typeof agreedProcessSchema>> {}

export const agreedProcessNoun = defineNoun<AgreedProcess>()({
  noun: 'agreed-process',
  schema: agreedProcessSchema,
  key: ['id', 'version'],
});
