import { collectorOf } from '../nouns/item.js';
import { isOpenQuestion } from '../consent/stands.js';
import { effectiveOf } from '../nouns/signed.js';
import { CUSTODIANS } from '../values/roles.js';
import { ofOrganisation, ofParties, optionsOf } from './asked.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/** What somebody has begun and another is to end: hand-offs, collections, questions to the patient. */
export function begunIn(matters: Matters): readonly Wait[] {
  return [...ofHandOffs(matters), ...ofCollections(matters), ...ofQuestions(matters)];
}

/** What is under way is received by whom it was given to; what somebody else found is handed on. */
export function ofHandOffs(matters: Matters): readonly Wait[] {
  const { items, therapy } = matters.whole;
  return [...items.values()]
    .filter(({ custody }) => custody === 'in-transit')
    .map(({ id, handOff, foundBy, signatures }) => {
      const [act, by] = foundBy
        ? (['custody:ReleaseItem', foundBy.organisation] as const)
        : (['custody:ReceiveItem', handOff?.to] as const);
      const last = signatures.at(-1) ?? therapy.ordered;
      return {
        state: 'due',
        noun: 'hand-off',
        subject: `item ${id}`,
        code: 'HAND_OFF_NOT_ACCEPTED',
        options:
          by === undefined
            ? ofParties(matters, act, CUSTODIANS)
            : ofOrganisation(matters, act, CUSTODIANS, by),
        since: effectiveOf(last),
        ...(foundBy || handOff === undefined ? {} : { named: { handOff: [handOff.id] } }),
      };
    });
}

/** A second person confirms each collection. */
function ofCollections(matters: Matters): readonly Wait[] {
  const acts = [{ type: 'custody:ConfirmCollection', by: 'collector' }] as const;
  const { items, therapy } = matters.whole;
  return [...items.values()].flatMap((item) => {
    const { id, collected, custody, signatures, blockers } = item;
    const over = blockers.some(({ kind }) => kind === 'rejected' || kind === 'annulled');
    if (!collected || collected.confirmedBy !== undefined || custody === 'disposed' || over)
      return [];
    return [
      {
        state: 'due',
        noun: 'item',
        subject: `item ${id}`,
        code: 'COLLECTION_NOT_CONFIRMED',
        options: optionsOf(matters, acts),
        since: effectiveOf(signatures[0] ?? therapy.ordered),
        except: [...collectorOf(item)],
      },
    ];
  });
}

/** What the patient was asked and has not answered. */
function ofQuestions({ consents = [], enrolledAt, whole: { therapy } }: Matters): readonly Wait[] {
  return consents.filter(isOpenQuestion).map(({ id, purpose, requested }) => ({
    state: 'due',
    noun: 'consent',
    subject: `consent ${purpose}`,
    code: 'CONSENT_NOT_ACTIVE',
    options: ['consent:GiveConsent', 'consent:RefuseConsent'].map((act) => ({
      act,
      organisation: enrolledAt,
      roles: ['patient'],
      person: therapy.patient,
    })),
    since: effectiveOf(requested ?? therapy.ordered),
    named: { consent: [id] },
  }));
}
