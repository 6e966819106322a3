import type { Said } from '../account/said.js';
import { attestedBy } from '../definition.js';
import type { Matter } from '../matter.js';
import type { Clause } from './clause.js';

/** Consent to what a design or a dose needs stands; the patient's no is never overridden. */
export const A8: Clause = {
  id: 'A8',
  gates: ['design', 'dose'],
  forbids: (matter) =>
    purposesOf(matter)
      .filter((purpose) => lastWord(matter, purpose)?.type !== 'consent:GiveConsent')
      .map((purpose) => `${purpose} is not given`),
};

function purposesOf({ gate, therapy: { definition } }: Matter): readonly string[] {
  if (gate === 'dose') return definition.doseConsents;
  return attestedBy(definition, 'manufacturing:ApproveDesign').flatMap(({ consents }) => consents);
}

function lastWord({ account, therapy }: Matter, purpose: string): Said | undefined {
  return [
    ...account.of('consent:GiveConsent'),
    ...account.of('consent:RefuseConsent'),
    ...account.of('consent:WithdrawConsent'),
  ]
    .filter(({ actor, body }) => actor === therapy.patient && body.purpose === purpose)
    .toSorted((one, other) => one.index - other.index)
    .at(-1);
}
