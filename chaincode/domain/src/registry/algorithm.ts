import { JWS_ALGORITHMS, type JwsAlgorithm } from '../signing/jws-text.js';
import { milliseconds } from '../values/time.js';
import type { Algorithm } from '../nouns/algorithm.js';

/** The signature algorithms that every verifier here checks, with the name that a JWS gives them. */
const SIGNED_BY: Readonly<Record<string, JwsAlgorithm>> = {
  Ed25519: 'EdDSA',
  'ML-DSA-65': 'ML-DSA-65',
};

/** Their names in the registry, in the order of a command's signatures. */
export const VERIFIABLE_ALGORITHMS: readonly string[] = Object.keys(SIGNED_BY);

/** What a consortium root of version 1 says by the two keys that it names for each registrar. */
export const FOUNDING_ALGORITHMS: readonly Algorithm[] = VERIFIABLE_ALGORITHMS.map((id) => ({
  id,
  status: 'required',
}));

/** Whether commands of that time are signed by it. */
export function isRequired({ status, notAfter }: Algorithm, at: string): boolean {
  if (status !== 'required') return false;
  return notAfter === undefined || milliseconds(at) <= milliseconds(notAfter);
}

/**
 * By which algorithms a command of that time is signed: all of these and no other, in this order.
 * @param at the transaction's time
 */
export function requiredAlgorithms(
  algorithms: readonly Algorithm[],
  at: string,
): readonly JwsAlgorithm[] {
  const required = algorithms.filter((each) => isRequired(each, at)).map(({ id }) => SIGNED_BY[id]);
  return JWS_ALGORITHMS.filter((each) => required.includes(each));
}
