import type { Command } from './command.js';
import type { Context } from './decision.js';
import type { GatheredSignature } from '../nouns/gathered.js';
import { signedBy } from '../nouns/signed.js';

/** The signature that a command adds to those of others who sign the same. */
export function signatureOf(command: Command<unknown>, context: Context): GatheredSignature {
  const { organisation, roles } = context.actor;
  return { ...signedBy(command, context), organisation, roles: [...roles] };
}
