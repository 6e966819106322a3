import type { Dose } from '../nouns/dose.js';
import type { Item } from '../nouns/item.js';
import type { Annulling, Undone } from './annulling.js';
import type { Things } from './things.js';
import { without } from './without.js';

/**
 * The check at the bedside counts for nobody, neither for the dose nor against it. What was authorised on it is looked at,
 * before it is given or after (C3).
 */
export const ofVerification: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => {
    const checks = things.of('verification').filter(({ by }) => by.command === commandId);
    const doses = things
      .of('dose')
      .filter(({ authorised }) => authorised)
      .filter(({ verifications }) => checks.some(({ id }) => verifications.includes(id)));
    return {
      changes: checks.map((each) => ({ ...each, annulled })),
      look: doses.flatMap((dose) => {
        const given = itemsGivenIn(dose, things);
        return given.length > 0 ? given : things.of('item').filter(({ id }) => id === dose.item);
      }),
    };
  },
};

/** Everything of which something was given under a dose. */
export function itemsGivenIn({ administrations }: Dose, things: Things): readonly Item[] {
  const given = administrations.filter(
    ({ course, annulled }) => course !== 'not-started' && !annulled,
  );
  return things.of('item').filter(({ id }) => given.some(({ item }) => item === id));
}

/** The dose may not be given. What was given under it was given without an authorisation, and somebody looks at that (C3). */
export const ofAuthorisation: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things) => {
    const doses = things.of('dose').filter(({ authorised }) => authorised?.command === commandId);
    return ofDoses(doses, things);
  },
};

/** What is left of doses whose authorisation was entered in error. */
export function ofDoses(doses: readonly Dose[], things: Things): Undone {
  return {
    changes: doses.map((dose) => without(dose, 'authorised')),
    look: doses.flatMap((dose) => itemsGivenIn(dose, things)),
  };
}

/** The line stays used until a physician orders anew; what was not given is looked at before anybody gets it. */
export const ofAdministration: Annulling = {
  signedBy: 'administration',
  undo: ({ commandId }, things, annulled) => {
    const dose = things
      .of('dose')
      .find(({ administrations }) => administrations.some(({ command }) => command === commandId));
    if (!dose) return {};
    const administrations = dose.administrations.map((each) =>
      each.command === commandId ? { ...each, annulled } : each,
    );
    const counted = administrations.filter((each) => each.annulled === undefined);
    const mistaken = dose.administrations.find(({ command }) => command === commandId);
    const items = things
      .of('item')
      .filter(({ id, custody }) => id === mistaken?.item && custody === 'administered')
      .filter(({ id }) => !counted.some(({ item }) => item === id));
    return {
      changes: [{ ...dose, administrations }],
      look: items.map((item) => ({ ...item, custody: 'in-custody' })),
    };
  },
};

/** The follow-up tells nothing. */
export const ofOutcome: Annulling = {
  signedBy: 'slip',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('outcome')
      .filter(({ reported }) => reported.command === commandId)
      .map((each) => ({ ...each, annulled })),
  }),
};
