/**
 * The client library of veinledger's gateways: builds and signs commands, hands them in, waits, reads. This entry runs
 * in browsers and in Node; `@veinledger/client/node` is the same with native signatures and key files.
 */
export { type SealedAnnex, sealAnnex } from './commands/annex.js';
export { buildCommand, type CommandDraft } from './commands/command.js';
export { sealRendering } from './commands/rendering.js';
export {
  type Author,
  commandIdOf,
  signCommand,
  type SignedCommand,
  type Statement,
} from './commands/sign-command.js';
export {
  BEARER_TYPE,
  type BearerOptions,
  issueBearerToken,
  MAX_BEARER_SECONDS,
} from './http/bearer.js';
export type { BearerSource } from './http/bearer-source.js';
export { GatewayClient, type GatewayClientOptions } from './http/client.js';
export type { EventsOptions, LedgerEvent } from './http/events.js';
export { type Failure, failureOf } from './http/failure.js';
export {
  GatewayProblem,
  GatewayTimeout,
  GatewayUnreachable,
  isProblem,
} from './http/gateway-problem.js';
export type { Query } from './http/pages.js';
export {
  type Attempt,
  type CallOptions,
  DEFAULT_RETRIES,
  type RetryPolicy,
} from './http/retries.js';
export type { OutgoingCommand } from './http/submission.js';
export { TlsFailure, type TlsFailureCode } from './http/tls-failure.js';
export { withdrawWithoutToken } from './http/withdrawal.js';
export { type ActorKeys, actorKeysSchema } from './keys/actor-keys.js';
export { generateActorKeys } from './keys/generate.js';
export { nobleSigner } from './signing/noble-signer.js';
export { type Signer, signerOf, type SigningOperations } from './signing/signer.js';
export { type Provider, type WebSigner, webSigner } from './signing/web-signer.js';
export type { CommittedCommand, Page, Problem, ProblemOf, Receipt } from './wire/index.js';
