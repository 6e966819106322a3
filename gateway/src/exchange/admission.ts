import { TLSSocket } from 'node:tls';
import { digest } from '@veinledger/domain';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { ProblemError } from '../problems/problem.js';
import type { GatewayMetrics } from '../telemetry/metrics.js';
import type { ExchangeMembers } from './members.js';
import { peerCertificateOf } from './peer-certificate.js';
import { reasonOf } from './revocation-list.js';

export interface AdmissionParts {
  readonly members: ExchangeMembers;
  readonly metrics: Pick<GatewayMetrics, 'exchanged'>;
  readonly logger: Logger;
}

/**
 * Who asks: told by the certificate's chain, never by what the request says. Each request is held against the revocation
 * list, so that a connection that stands is not served longer than its certificate counts; a refused one is ended.
 * @throws ProblemError 403 NOT_A_MEMBER, CERTIFICATE_REVOKED
 */
export async function admitMember(
  { socket, params }: Request<{ digest: string }>,
  response: Response,
  { members, metrics, logger }: AdmissionParts,
): Promise<string> {
  const certificate = socket instanceof TLSSocket ? peerCertificateOf(socket) : undefined;
  const member = certificate && members.memberOf(certificate);
  if (certificate === undefined || member === undefined) {
    throw new ProblemError({
      status: 403,
      code: 'NOT_A_MEMBER',
      detail: "the certificate is of no member's TLS authority",
    });
  }
  const revocation = await members.revocationOf(member, certificate);
  if (revocation === undefined) return member;
  const [result, reason] = ['CERTIFICATE_REVOKED', reasonOf(revocation)];
  const asked = digest.safeParse(params.digest).data;
  metrics.exchanged('given', member, result);
  logger.warn({ member, digest: asked, result, reason }, 'annex not given');
  response.shouldKeepAlive = false;
  throw new ProblemError({
    status: 403,
    code: result,
    detail: "the member's TLS authority has revoked the certificate",
    field: 'certificate',
    expected: `one that is not on the revocation list of ${member}`,
    found: reason,
  });
}
