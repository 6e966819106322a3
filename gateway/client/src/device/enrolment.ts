import { actorId, digest, instant, organisationId } from '@veinledger/domain';
import { z } from 'zod';
import { Transport } from '../http/transport.js';
import type { DevicePossession } from './patient-device.js';

const ANSWER_WITHIN_MS = 60_000;

const invitation = z.object({
  network: digest,
  patient: actorId,
  organisation: organisationId,
  expiresAt: instant,
});

/** Whom a one-time code lets make keys, and until when. */
export type EnrolmentInvitation = Readonly<z.infer<typeof invitation>>;

/**
 * What a code is for; it stays open.
 * @param url of the gateway, as `GatewayClient` takes it
 * @throws GatewayProblem, with code ENROLMENT_CODE_INVALID where it was mistyped, used or never issued, or
 *   ENROLMENT_CODE_EXPIRED; GatewayUnreachable
 */
export async function readInvitation(url: string, code: string): Promise<EnrolmentInvitation> {
  return invitation.parse(await post(url, '/v1/enrolment-codes/readings', { code }));
}

/**
 * Hands in public keys and their proof under a code, which is used up by it; once more with the same keys after a lost
 * answer is answered as the first time.
 * @throws GatewayProblem ENROLMENT_CODE_INVALID, ENROLMENT_CODE_EXPIRED, POSSESSION_NOT_PROVED; GatewayUnreachable
 */
export async function handInKeys(
  url: string,
  code: string,
  { keys, proof }: DevicePossession,
): Promise<void> {
  await post(url, '/v1/enrolment-codes/uses', { code, keys, proof });
}

function post(url: string, path: string, body: object): Promise<unknown> {
  const transport = new Transport({ url, answerWithinMs: ANSWER_WITHIN_MS });
  return transport.json({ method: 'POST', path, body: JSON.stringify(body) });
}
