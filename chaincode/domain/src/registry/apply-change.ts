import type { Reason } from '../nouns/reason.js';
import type { Assessment, ChangeState } from './assessment.js';
import { type Change, subjectOf } from '../nouns/change.js';
import { changeAlgorithm } from './change-algorithm.js';
import { changeOrganisation } from './change-organisation.js';

/** Judges a change on the ledger as it is: when it is proposed, and once more when it takes effect. */
export function assess(change: Change, state: ChangeState, transactionTime: string): Assessment {
  if (change.kind === 'agree-process') return agreeProcess(change, state);
  return 'algorithm' in change
    ? changeAlgorithm(change, state, transactionTime)
    : changeOrganisation(change, state, transactionTime);
}

function agreeProcess(
  change: Extract<Change, { kind: 'agree-process' }>,
  { agreed, published, governance }: ChangeState,
): Assessment {
  const { process: id, version, hash } = change;
  const subject = subjectOf(change);
  const reasons: Reason[] = [];
  if (published) reasons.push({ code: 'PROCESS_IMMUTABLE', subject, found: published.hash });
  if (agreed === hash) reasons.push({ code: 'NOTHING_CHANGES', subject, found: hash });
  return {
    replaces: agreed === undefined ? {} : { hash: agreed },
    reasons,
    changes: ({ proposal, transactionTime: at }) => ({
      governance,
      others: [{ noun: 'agreed-process', id, version, hash, proposal, at }],
    }),
  };
}
