import type { Annulling } from './annulling.js';
import { ofDoses } from './care.js';

/**
 * What either of the two signed ends the override: the dose may not be given, and what was given under it was given
 * without an authorisation.
 */
export const ofOverride: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => {
    const ended = things
      .of('override')
      .filter(({ signatures }) => signatures.some(({ command }) => command === commandId));
    const doses = things
      .of('dose')
      .filter(({ id, authorised }) => authorised && ended.some((each) => each.id === id));
    const { changes = [], look = [] } = ofDoses(doses, things);
    return { changes: [...changes, ...ended.map((each) => ({ ...each, annulled }))], look };
  },
};
