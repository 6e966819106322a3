export { type ActorKeys, actorKeysSchema } from './actor-keys.js';
export { type SealedAnnex, sealAnnex } from './annex.js';
export { BEARER_TYPE, type BearerOptions, issueBearerToken, MAX_BEARER_SECONDS } from './bearer.js';
export { buildCommand, type CommandDraft } from './command.js';
export {
  GatewayClient,
  type GatewayClientOptions,
  GatewayProblem,
  type OutgoingCommand,
} from './http.js';
export { generateActorKeys, readActorKeys, writeActorKeys } from './keys.js';
export { nativeSigner } from './native-signer.js';
export { nobleSigner } from './noble-signer.js';
export { type Signer, signerOf, type SigningOperations } from './signer.js';
