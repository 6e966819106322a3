import type { Reason } from '../nouns/reason.js';
import type { Algorithm } from '../nouns/algorithm.js';
import { isRequired, VERIFIABLE_ALGORITHMS } from './algorithm.js';
import type { Assessment, ChangeState } from './assessment.js';
import type { AlgorithmChange } from '../nouns/change.js';

/**
 * Judges a change of a signature algorithm's standing. None is adopted that the verifiers cannot check, and one stays
 * that is required without an end: else nobody could sign anything, not even the change back.
 */
export function changeAlgorithm(
  change: AlgorithmChange,
  { governance }: ChangeState,
  transactionTime: string,
): Assessment {
  const { algorithm: id } = change;
  const before = governance.algorithms.find((each) => each.id === id);
  const after = algorithmAfter(change);
  const algorithms = governance.algorithms.map((each) => (each.id === id ? after : each));
  return {
    replaces: before ? { algorithm: before } : {},
    reasons: before
      ? reasonsAgainst(before, after, algorithms, transactionTime)
      : [unverifiable(id)],
    changes: () => ({ governance: { ...governance, algorithms }, others: [] }),
  };
}

function algorithmAfter(change: AlgorithmChange): Algorithm {
  const { kind, algorithm: id, replacedBy } = change;
  const notAfter = kind === 'require-algorithm' ? change.notAfter : undefined;
  return {
    id,
    status: kind === 'require-algorithm' ? 'required' : 'disallowed',
    ...(notAfter === undefined ? {} : { notAfter }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

function reasonsAgainst(
  before: Algorithm,
  after: Algorithm,
  algorithms: readonly Algorithm[],
  transactionTime: string,
): readonly Reason[] {
  const subject = `algorithm ${after.id}`;
  const lasting = algorithms.filter(isLasting).map(({ id }) => id);
  const reasons: Reason[] = [];
  if (sameStanding(before, after)) reasons.push({ code: 'NOTHING_CHANGES', subject });
  if (lasting.length === 0) {
    const expected = 'one algorithm that stays required without an end';
    reasons.push({ code: 'NO_ALGORITHM_LEFT', subject, expected });
  }
  if (after.status === 'required' && !isRequired(after, transactionTime)) {
    const expected = `after ${transactionTime}`;
    reasons.push({ code: 'END_IS_PAST', subject, expected, found: after.notAfter ?? '' });
  }
  const { replacedBy } = after;
  if (replacedBy !== undefined && !lasting.includes(replacedBy)) {
    const expected = lasting.join() || 'a required algorithm';
    reasons.push({ code: 'REPLACEMENT_NOT_REQUIRED', subject, expected, found: replacedBy });
  }
  return reasons;
}

function unverifiable(found: string): Reason {
  const expected = VERIFIABLE_ALGORITHMS.join();
  return { code: 'ALGORITHM_UNKNOWN', subject: `algorithm ${found}`, expected, found };
}

function isLasting({ status, notAfter }: Algorithm): boolean {
  return status === 'required' && notAfter === undefined;
}

function sameStanding(one: Algorithm, other: Algorithm): boolean {
  return (
    one.status === other.status &&
    one.notAfter === other.notAfter &&
    one.replacedBy === other.replacedBy
  );
}
