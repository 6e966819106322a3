import { nameOfAttempt } from '../graph/links.js';
import type { Investigation } from '../nouns/investigation.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { ofOrganisation } from './asked.js';
import { latestOf } from './leads.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

const CONCLUDE = 'quality:ConcludeInvestigation';

/** Each investigation that was opened and not concluded: who has still to sign, else those who go on with it. */
export function investigatedIn(matters: Matters): readonly Wait[] {
  return matters.whole.investigations
    .filter(({ annulled, conclusion }) => !annulled && !conclusion?.concluded)
    .map((each) => toConclude(matters, each));
}

function toConclude(matters: Matters, investigation: Investigation): Wait {
  const { id, phases, conclusion, check } = investigation;
  const { quality } = matters.whole.therapy;
  const signatures = conclusion?.signatures ?? [];
  const roles = ['quality', 'release-person'] as const;
  const failed = matters.whole.attempts.get(nameOfAttempt(investigation))?.report;
  return {
    state: 'stopped',
    noun: 'investigation',
    subject: `investigation ${id}`,
    code: check,
    options: conclusion
      ? conclusion.missing.map((signer) => ({ act: CONCLUDE, ...signer }))
      : ['quality:OpenInvestigation', CONCLUDE].flatMap((act) =>
          ofOrganisation(matters, act, roles, quality),
        ),
    since: latestOf(matters, [...phases, ...signatures].map(effectiveOf)),
    except: [...signatures, ...(failed ? [failed] : [])].flatMap(knownAs),
  };
}
