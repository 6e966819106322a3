import { z } from 'zod';
import { actorId, instant, organisationId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const sessionSchema = z.strictObject({
  noun: z.literal('session'),
  device: actorId,
  /** the person whose entries the device's are */
  principal: actorId,
  organisation: organisationId,
  /** the types of command that the device may sign */
  types: z.array(z.string()),
  opened: signedSchema,
  /** exclusive */
  until: instant,
  closed: signedSchema.exactOptional(),
});

/** What a person delegated to one device, until when. A device holds one; a later one takes its place. */
export interface Session extends ReadOnly<z.infer<typeof sessionSchema>> {}

export const sessionNoun = defineNoun<Session>()({
  noun: 'session',
  schema: sessionSchema,
  key: ['device'],
  read: { contract: 'registry', readers: 'organisation' },
});
