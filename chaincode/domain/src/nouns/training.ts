import { z } from 'zod';
import { actorId, code, commitment, digest, instant, version } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const trainingSchema = z.strictObject({
  noun: z.literal('training'),
  actor: actorId,
  /** the process definition's id */
  process: code,
  version,
  step: code,
  from: instant,
  /** exclusive */
  until: instant,
  /** the commitment of the certificate or assessment, which the organisation keeps */
  evidence: commitment,
  recorded: signedSchema,
  /** the command of the record in whose place this one stands */
  replaces: digest.exactOptional(),
});

/** That an actor is trained for a step of a version of a process, or authorised to do it, and until when. */
export interface Training extends ReadOnly<z.infer<typeof trainingSchema>> {}

export const trainingNoun = defineNoun<Training>()({
  noun: 'training',
  schema: trainingSchema,
  key: ['actor', 'process', 'version', 'step'],
  read: { contract: 'registry', readers: 'organisation' },
});
