import { commandType } from '../commands/command-types.js';

/** Whether a command's signature may be given while keys are unlocked, or needs its actor's authenticator each time. */
export type SignatureKind = 'own' | 'delegable';

/** How a type of command must be signed; what is no type of command is nobody's to sign for another. */
export function signatureKind(type: string): SignatureKind {
  const known = commandType(type);
  return known === undefined || known.signature === 'own' ? 'own' : 'delegable';
}
