import { organisationId } from '@veinledger/domain';
import { z } from 'zod';
import { path, tls } from './sections.js';

const MINUTES_PER_DAY = 24 * 60;

/** A member whose gateway gives annexes. */
const member = z.strictObject({
  mspId: organisationId,
  /** where its gateway's exchange listens */
  url: z.url({ protocol: /^https$/ }),
  /** the certificates of its TLS authority, PEM: they tell who connects, and whom this gateway reached */
  tlsCa: path,
  /** the certificate revocation list of its TLS authority, PEM; read again when it changes */
  crl: path.optional(),
});

/** How annexes travel between members' gateways: a listener of its own, over mutual TLS. */
export const exchange = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  /** the port to listen on; 0 takes a free one */
  port: z.int().min(0).max(65_535),
  /** by which this gateway serves and connects: issued by its own member's TLS authority */
  tls,
  /** the members; one list may serve all of them, each passes over itself */
  members: z.array(member).min(1).max(256),
  /** how long one member may take to answer */
  timeoutSeconds: z.number().min(0.05).max(60).default(5),
  /** how often the vault is filled with what it lacks of its member's therapies, minutes; 0 leaves it at asking */
  gatherMinutes: z.number().min(0).max(MINUTES_PER_DAY).default(10),
});

export type ExchangeSection = z.output<typeof exchange>;
