import {
  type Algorithm,
  FOUNDING_ALGORITHMS,
  type JwsAlgorithm,
  requiredAlgorithms,
  keyFor,
} from '@veinledger/domain';
import { compositeKey } from '@veinledger/chaincode/replay';
import type { Ledger, SubmitterIdentity } from '@veinledger/ledger';
import { contractCodeOf } from '../problems/contract-code.js';
import { unauthorised } from './unauthorised.js';

/** Where the ledger keeps what members agreed on. */
const GOVERNANCE_KEY = compositeKey(keyFor('governance', {}));
/** How long an answer counts of a ledger that tells of no blocks, milliseconds. */
const COUNTS_MS = 5_000;

/** By which algorithms members want signatures to be made, at the moment of asking. */
export type AlgorithmsNow = () => Promise<readonly JwsAlgorithm[]>;

/**
 * The algorithms that the ledger's registry requires. It is asked again once a block wrote what members agreed on; where
 * the ledger tells of no blocks, after five seconds. Before the ledger is bootstrapped they are the founding ones.
 * @param now milliseconds since 1970
 * @returns throws LedgerError when the ledger cannot answer
 */
export function ledgerAlgorithms(
  ledger: Pick<Ledger, 'evaluate' | 'listen'>,
  reader: () => SubmitterIdentity,
  now: () => number = Date.now,
): AlgorithmsNow {
  let known:
    { readonly algorithms: Promise<readonly Algorithm[]>; readonly until: number } | undefined;
  ledger.listen?.((transactions) => {
    if (transactions.some(({ writes }) => writes.some(({ key }) => key === GOVERNANCE_KEY)))
      known = undefined;
  });
  const lasting = ledger.listen === undefined ? COUNTS_MS : Number.POSITIVE_INFINITY;
  return async () => {
    if (known === undefined || known.until <= now()) {
      const asked = { algorithms: listed(ledger, reader), until: now() + lasting };
      known = asked;
      asked.algorithms.catch(() => {
        if (known === asked) known = undefined;
      });
    }
    return requiredAlgorithms(await known.algorithms, new Date(now()).toISOString());
  };
}

async function listed(
  ledger: Pick<Ledger, 'evaluate'>,
  reader: () => SubmitterIdentity,
): Promise<readonly Algorithm[]> {
  try {
    const asked = { function: 'registry:ListAlgorithms', args: [], submitter: reader() };
    return JSON.parse(await ledger.evaluate(asked)) as readonly Algorithm[];
  } catch (error) {
    // the reader is a member of the root: that the ledger knows no such member means that it holds nothing yet
    if (contractCodeOf(error) === 'UNKNOWN_ORGANISATION') return FOUNDING_ALGORITHMS;
    throw error;
  }
}

/** What a JWS calls the algorithms that the registry rules; `Ed25519` is RFC 9864's name of the same. */
const RULED: Readonly<Record<string, JwsAlgorithm>> = {
  EdDSA: 'EdDSA',
  Ed25519: 'EdDSA',
  'ML-DSA-65': 'ML-DSA-65',
};

/**
 * Whether a token by an algorithm shows who calls: by one that members no longer sign with, whoever can forge a signature
 * calls as anybody. An identity provider's other algorithms are its own affair; one that is not known is not trusted.
 */
export function isTrusted(
  algorithm: string | undefined,
  required: readonly JwsAlgorithm[],
): boolean {
  if (algorithm === undefined) return false;
  const ruled = RULED[algorithm];
  return ruled === undefined || required.includes(ruled);
}

/**
 * Refuses a token that is not trusted, as {@link isTrusted} says.
 * @throws ProblemError 401 TOKEN_ALGORITHM_REFUSED
 */
export function requireTrusted(algorithm: string, required: readonly JwsAlgorithm[]): void {
  if (isTrusted(algorithm, required)) return;
  throw unauthorised('TOKEN_ALGORITHM_REFUSED', 'members sign by this algorithm no longer', {
    expected: required.join(),
    found: algorithm,
  });
}
