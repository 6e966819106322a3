import { organisationId } from '@veinledger/chaincode/domain';
import { z } from 'zod';

/** An identity provider whose tokens callers may show (OpenID Connect Discovery 1.0). */
export const issuer = z.strictObject({
  /** the issuer's URL; `/.well-known/openid-configuration` is found below it */
  url: z.url({ protocol: /^https?$/ }),
  /** what its tokens must name as their audience */
  audience: z.string().min(1).max(200),
  /** the member whose actors it knows; it speaks for nobody else's */
  organisation: organisationId,
  /** the claim that holds the actor's id */
  actorClaim: z.string().min(1).max(64).default('veinledger_actor'),
});

/** Certificates of the gateway's own listener, PEM files; read again when they change. */
export const tls = z.strictObject({
  certificate: z.string().min(1),
  privateKey: z.string().min(1),
});

/** How many requests a caller may make; a burst at once, then so many a minute. */
export const rateLimit = z.strictObject({
  perMinute: z.coerce.number().int().min(1).default(6000),
  burst: z.coerce.number().int().min(1).default(600),
});

/** Where spans are sent (OTLP over HTTP); nothing is traced when left out. */
export const telemetry = z.strictObject({ endpoint: z.url({ protocol: /^https?$/ }) });

/** How events are streamed to listeners. */
export const events = z.strictObject({
  /** seconds between two signs of life on a stream */
  heartbeatSeconds: z.coerce.number().min(0.05).max(300).default(15),
  /** how many streams may be open */
  maxListeners: z.coerce.number().int().min(0).default(20_000),
  /** how many streams one actor may have open */
  maxListenersPerCaller: z.coerce.number().int().min(1).default(16),
  /** after how many seconds a stream is ended, and its listener comes again with a new token */
  maxStreamSeconds: z.coerce.number().min(1).max(3600).default(3600),
  /** after how many seconds a stream is ended whose client takes nothing */
  slowSeconds: z.coerce.number().min(0.05).default(30),
});

/** How events are delivered to members' own addresses. */
export const webhooks = z.strictObject({
  /** how many hooks an organisation may have */
  perOrganisation: z.coerce.number().int().min(0).default(20),
  /** seconds until a receiver must have answered */
  timeoutSeconds: z.coerce.number().min(0.05).max(30).default(10),
  /** seconds to wait before each further try; by default as Standard Webhooks 1.0.0 has it */
  retrySeconds: z
    .array(z.coerce.number().min(0).max(86_400))
    .max(32)
    .default([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]),
  /** hours for which the old secret still signs after it was changed */
  secretGraceHours: z.coerce.number().min(0).max(168).default(24),
  /** addresses in private networks, for development only */
  privateTargets: z.boolean().default(false),
});
