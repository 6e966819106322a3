import { aboutOf, MAKING } from '../account/about.js';
import { compromised, isConfirmed } from '../account/compromised.js';
import type { Said } from '../account/said.js';
import { wrongConsents } from './a8.js';
import { type Clause, EVERY_GATE } from './clause.js';

const SIGNED = [
  ...MAKING,
  'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'care:VerifyBedside',
] as const;

/** What compromised keys signed since then is suspect, and what those signed whom a compromised registrar enrolled. */
export const D3: Clause = {
  id: 'D3',
  gates: EVERY_GATE,
  forbids: (matter) => {
    const since = compromised(matter.account);
    if (since.size === 0) return [];
    const { account, gate } = matter;
    const isSuspect = (said: Said) =>
      said.time >= (since.get(said.actor) ?? Infinity) && !isConfirmed(account, said);
    const consents = gate === 'design' || gate === 'dose';
    return [
      ...SIGNED.flatMap((type): readonly Said[] => account.ever(type))
        .filter(isSuspect)
        .flatMap((said) =>
          aboutOf(said).map((about) => ({ about, why: `${said.actor} is suspect` })),
        )
        .filter((trouble) => matter.reaches(trouble))
        .map(({ about, why }) => `${about}: ${why}`),
      ...(consents && wrongConsents(matter, () => true).length === 0
        ? wrongConsents(matter, (given) => !isSuspect(given))
        : []),
    ];
  },
};
