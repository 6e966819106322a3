import { isOf, type Said } from '../account/said.js';
import { attestedBy } from '../definition.js';
import type { Matter } from '../matter.js';
import type { Clause } from './clause.js';

type Word =
  Said<'consent:GiveConsent'> | Said<'consent:RefuseConsent'> | Said<'consent:WithdrawConsent'>;

/** Consent to what a design or a dose needs stands at this moment; the patient's no is never overridden. */
export const A8: Clause = {
  id: 'A8',
  gates: ['design', 'dose'],
  forbids: (matter) => wrongConsents(matter, () => true),
};

/** What is wrong with consent to what a permission needs, as far as each yes counts. */
export function wrongConsents(
  matter: Matter,
  counts: (given: Said<'consent:GiveConsent'>) => boolean,
): string[] {
  return purposesOf(matter).flatMap((purpose) => wrongWith(matter, purpose, counts));
}

function purposesOf({ gate, therapy: { definition } }: Matter): readonly string[] {
  if (gate === 'dose') return definition.doseConsents;
  return attestedBy(definition, 'manufacturing:ApproveDesign').flatMap(({ consents }) => consents);
}

function wrongWith(
  matter: Matter,
  purpose: string,
  counts: (given: Said<'consent:GiveConsent'>) => boolean,
): string[] {
  const { asked } = matter;
  const words = wordsOn(matter, purpose);
  const no = words.findLastIndex((word) => !isOf(word, 'consent:GiveConsent'));
  const given = words
    .slice(no + 1)
    .filter((word) => isOf(word, 'consent:GiveConsent'))
    .filter((word) => counts(word));
  if (given.length === 0) return [`${purpose} is not given`];
  const goesOn = isOf(asked, 'care:AuthoriseDose') && asked.body.continueAfterLapse;
  if (goesOn || given.some((word) => isInForce(matter, word))) return [];
  return [`${purpose} is given for another time`];
}

/** Whether the time of what was consented to has begun and has not ended, and nothing that was given later replaces it. */
function isInForce(
  { account, asked }: Matter,
  { actor, body }: Said<'consent:GiveConsent'>,
): boolean {
  const requests = account
    .of('consent:RequestConsent')
    .filter((each) => each.body.patient === actor && each.body.purpose === body.purpose);
  const replaced = account
    .of('consent:GiveConsent')
    .some((each) =>
      requests.some(
        (request) =>
          each.actor === actor &&
          request.body.consent === each.body.consent &&
          request.body.supersedes === body.consent,
      ),
    );
  const request = requests.findLast((each) => each.body.consent === body.consent);
  const { validFrom, validUntil } = request?.body.scope ?? {};
  return (
    !replaced &&
    (validFrom === undefined || Date.parse(validFrom) <= asked.time) &&
    (validUntil === undefined || asked.time < Date.parse(validUntil))
  );
}

/** Every word of the patient on a purpose, in their order. */
function wordsOn({ account, therapy }: Matter, purpose: string): readonly Word[] {
  const anybody = account.off.has('B3');
  return [
    ...account.of('consent:GiveConsent'),
    ...account.of('consent:RefuseConsent'),
    ...account.of('consent:WithdrawConsent'),
  ]
    .filter(({ actor, body }) => (anybody || actor === therapy.patient) && body.purpose === purpose)
    .toSorted((one, other) => one.index - other.index);
}
