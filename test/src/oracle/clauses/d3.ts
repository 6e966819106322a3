import { aboutOf, MAKING } from '../account/about.js';
import { compromised, isConfirmed } from '../account/compromised.js';
import type { Said } from '../account/said.js';
import type { Thing } from '../account/things.js';
import { isAboutDose, type Matter, undergoneFor } from '../matter.js';
import { wrongConsents } from './a8.js';
import { type Clause, EVERY_GATE } from './clause.js';

const SIGNED = [
  ...MAKING,
  'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'quality:ExtendExpiry',
  'care:VerifyBedside',
] as const;

/** What the patient goes through before a dose, and what that was begun for: without it nothing is given. */
function withWhatTheyTook({ account, asked, therapy }: Matter): ReadonlySet<Thing> {
  if (!isAboutDose(asked)) return new Set();
  const steps = undergoneFor(account, therapy, asked);
  return new Set([...steps, ...account.origins.restsOn.closure(steps)]);
}

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
    const undergone = withWhatTheyTook(matter);
    const consents = gate === 'design' || gate === 'dose';
    return [
      ...SIGNED.flatMap((type): readonly Said[] => account.ever(type))
        .filter(isSuspect)
        .flatMap((said) =>
          aboutOf(said).map((about) => ({ about, why: `${said.actor} is suspect` })),
        )
        .filter((trouble) => matter.touches(trouble) || undergone.has(trouble.about))
        .map(({ about, why }) => `${about}: ${why}`),
      ...(consents && wrongConsents(matter, () => true).length === 0
        ? wrongConsents(matter, (given) => !isSuspect(given))
        : []),
    ];
  },
};
