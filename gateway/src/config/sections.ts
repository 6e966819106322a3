import { organisationId } from '@veinledger/domain';
import { z } from 'zod';

/** A file or a folder; in a configuration file, relative to that file. */
export const path = z.string().min(1);

const host = z.string().min(1);
const portNumber = z.int().min(0).max(65_535);

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

/** Where a listener listens. */
export const address = {
  /** the address to listen on */
  host: host.default('127.0.0.1'),
  /** the port to listen on; 0 takes a free one */
  port: portNumber.default(8080),
};

/** Certificates of the gateway's own listener, PEM files; read again when they change. */
export const tls = z.strictObject({
  /** the gateway's certificate, with those of intermediate authorities after it */
  certificate: path,
  /** PKCS#8, not encrypted, readable by the gateway's user only */
  privateKey: path,
});

/** How many requests a caller may make; a burst at once, then so many a minute. */
export const rateLimit = z.strictObject({
  perMinute: z.int().min(1).default(6000),
  burst: z.int().min(1).default(600),
  /** how many calls from one address may fail to show who calls, at once and a minute */
  failuresPerMinute: z.int().min(1).default(60),
});

/** Where spans are sent (OTLP over HTTP); nothing is traced when left out. */
export const telemetry = z.strictObject({
  /** the collector's URL for traces, for instance `http://127.0.0.1:4318/v1/traces` */
  endpoint: z.url({ protocol: /^https?$/ }),
  /** `service.name` of the spans */
  service: z.string().min(1).max(100).default('veinledger-gateway'),
  /** a file of what the collector is shown with each batch, `authorization=Bearer%20…`; for its owner only */
  headers: path.optional(),
});

/** The listener for those who run the gateway: metrics, health, backups. It asks for no token. */
export const management = z.strictObject({ host: host.default('127.0.0.1'), port: portNumber });

/** Where backups go, and who can open the vault's key in them. */
export const backups = z.strictObject({
  /** the folder below which every backup is made */
  folder: path,
  /** an age recipient: the vault's key goes into backups, encrypted to it; left out, it is not in them */
  recipient: z
    .string()
    .regex(/^age1[a-z0-9]+$/, 'an age recipient, as age-keygen writes it: age1…')
    .optional(),
});

/** How events are streamed to listeners. */
export const events = z.strictObject({
  /** seconds between two signs of life on a stream */
  heartbeatSeconds: z.number().min(0.05).max(300).default(15),
  /** how many streams may be open */
  maxListeners: z.number().int().min(0).default(20_000),
  /** how many streams one actor may have open */
  maxListenersPerCaller: z.number().int().min(1).default(16),
  /** after how many seconds a stream is ended, and its listener comes again with a new token */
  maxStreamSeconds: z.number().min(1).max(3600).default(3600),
  /** after how many seconds a stream is ended whose client takes nothing */
  slowSeconds: z.number().min(0.05).default(30),
});

/** How events are delivered to members' own addresses. */
export const webhooks = z.strictObject({
  /** how many hooks an organisation may have */
  perOrganisation: z.number().int().min(0).default(20),
  /** seconds until a receiver must have answered */
  timeoutSeconds: z.number().min(0.05).max(30).default(10),
  /** seconds to wait before each further try; by default as Standard Webhooks 1.0.0 has it */
  retrySeconds: z
    .array(z.number().min(0).max(86_400))
    .max(32)
    .default([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]),
  /** hours for which the old secret still signs after it was changed */
  secretGraceHours: z.number().min(0).max(168).default(24),
  /** addresses in private networks, for development only */
  privateTargets: z.boolean().default(false),
});

/** A telephone number as people write it, `+44 20 7946 0112`. */
const telephone = z.string().regex(/^\+?[0-9][0-9 ()-]{1,30}$/, 'a telephone number');

/** What patients are told on their pages. */
export const patientPages = z.strictObject({
  numbers: z
    .strictObject({
      /** answered by people, day and night */
      unwell: telephone.exactOptional(),
      emergency: telephone.exactOptional(),
      nurse: telephone.exactOptional(),
      /** of somebody outside the team, for who felt pressed to agree */
      advocate: telephone.exactOptional(),
    })
    .prefault({}),
  /** a folder of consent forms, besides those that are shipped */
  forms: path.optional(),
});

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
