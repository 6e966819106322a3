import { z } from 'zod';
import { digest, instant } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { scopeSchema } from './scope.js';

export const commandSchema = z.strictObject({
  noun: z.literal('command'),
  commandId: digest,
  scope: scopeSchema,
  transactionTime: instant,
});

/** From a command's id to its record. */
export interface CommandPointer extends ReadOnly<z.infer<typeof commandSchema>> {}

export const commandNoun = defineNoun<CommandPointer>()({
  noun: 'command',
  schema: commandSchema,
  key: ['commandId'],
});
