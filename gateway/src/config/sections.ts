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

/** How events are delivered to members' own addresses. */
export const webhooks = z.strictObject({
  /** addresses in private networks, for development only */
  privateTargets: z.boolean().default(false),
});

/** What is on or off; environment variables say it in words. */
export const switched = z.union([z.boolean(), z.stringbool()]);

/** The relying party of staff's passkeys (Web Authentication, section 5.4.2). */
export const passkeys = z.strictObject({
  /** the domain for which passkeys are made; it cannot be changed without making them anew */
  domain: z.string().min(1).max(253),
  /** the origins whose pages may use them */
  origins: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(16),
});
