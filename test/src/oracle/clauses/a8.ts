import { batchesByException, OUT_OF_SPECIFICATION } from '../account/exceptions.js';
import { isOf, type Said } from '../account/said.js';
import { attestedBy } from '../definition.js';
import { irreversibleStep, type Matter } from '../matter.js';
import type { Clause } from './clause.js';

type Word =
  Said<'consent:GiveConsent'> | Said<'consent:RefuseConsent'> | Said<'consent:WithdrawConsent'>;

/** What is said of a yes whose time has not begun, or is over. */
export const LAPSED = 'is given for another time';

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

function purposesOf({ gate, therapy, account, whole, asked }: Matter): readonly string[] {
  const { definition } = therapy;
  if (gate === 'dose') {
    const excepted = batchesByException(account, therapy, whole).length > 0;
    const begun = irreversibleStep(therapy, asked)?.consents ?? [];
    const purposes = [...begun, ...definition.doseConsents];
    return [...new Set([...purposes, ...(excepted ? [OUT_OF_SPECIFICATION] : [])])];
  }
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
    .filter((word) => counts(word) && !wasEnded(matter, word));
  if (given.length === 0) return [`${purpose} is not given`];
  const goesOn = isOf(asked, 'care:AuthoriseDose') && signsAlone(asked);
  if (goesOn || given.some((word) => isInForce(matter, word))) return [];
  return [`${purpose} ${LAPSED}`];
}

/** Whether the physician signs that the patient cannot be asked in time, and that waiting endangers life. */
function signsAlone({ body }: Said<'care:AuthoriseDose'>): boolean {
  return body.continueAfterLapse && body.lapse?.waiting === 'endangers-life';
}

/** Whether a halt ended what was given before it, also one that was said in error. */
function wasEnded({ account, therapy }: Matter, { index }: Said): boolean {
  return account
    .ever('therapy:HaltTherapy')
    .some((halt) => halt.body.coi === therapy.coi && halt.index > index);
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
