import { z } from 'zod';
import { actorId, digest, instant } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { processDefinition } from './process-definition.js';

export const processSchema = z.strictObject({
  noun: z.literal('process'),
  id: z.string(),
  version: z.string(),
  hash: digest,
  definition: processDefinition,
  publishedBy: actorId,
  at: instant,
});

/** A published definition: immutable, known by its hash. */
export interface ProcessVersion extends ReadOnly<z.infer<typeof processSchema>> {}

export const processNoun = defineNoun<ProcessVersion>()({
  noun: 'process',
  schema: processSchema,
  key: ['id', 'version'],
  read: { contract: 'process', readers: 'members' },
});
