import type { Annulling } from './annulling.js';
import { without } from './without.js';

/** The check at the bedside counts for nobody, neither for the dose nor against it. */
export const ofVerification: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('verification')
      .filter(({ by }) => by.command === commandId)
      .map((each) => ({ ...each, annulled })),
  }),
};

/** The dose may not be given. What was given under it was given without an authorisation. */
export const ofAuthorisation: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things) => ({
    changes: things
      .of('dose')
      .filter(({ authorised }) => authorised?.command === commandId)
      .map((dose) => without(dose, 'authorised')),
  }),
};

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
