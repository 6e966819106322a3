import type { BlockableEntity } from '../nouns/registry.js';
import { refOf } from '../nouns/reference.js';
import { isSameSubject, reopen } from '../nouns/subject.js';
import type { Annulling } from './annulling.js';
import type { Things } from './things.js';

/** A deviation that should not have been opened stays until it is settled for each of its subjects. */
export const ofDeviation: Annulling = { signedBy: 'identity', undo: () => ({}) };

/** The deviation is open again for its subject, which it stops as before. */
export const ofDisposition: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => {
    const deviation = things
      .of('deviation')
      .find(({ subjects }) => subjects.some((each) => each.disposition?.command === commandId));
    if (!deviation) return {};
    const settled = deviation.subjects.find((each) => each.disposition?.command === commandId);
    const subjects = deviation.subjects.map((each) =>
      each === settled ? { ref: each.ref } : each,
    );
    const thing = blockables(things).find(
      (each) => settled && isSameSubject(refOf(each), settled.ref),
    );
    return {
      changes: [
        { ...deviation, subjects, reopened: annulled },
        ...(thing ? [reopen(thing, deviation, commandId)] : []),
      ],
    };
  },
};

/** The signature is as suspect as it was. */
export const ofSignature: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('confirmation')
      .filter(({ confirmed }) => confirmed.command === commandId)
      .map((each) => ({ ...each, annulled })),
  }),
};

function blockables(things: Things): readonly BlockableEntity[] {
  return [
    ...things.of('therapy'),
    ...things.of('item'),
    ...things.of('step'),
    ...things.of('dataset'),
    ...things.of('design'),
    ...things.of('batch'),
  ];
}
