import type { Annulling } from './annulling.js';
import { without } from './without.js';

/** The alert waits for a physician again. */
export const ofAcknowledgement: Annulling = {
  signedBy: 'slip',
  undo: ({ commandId }, things) => ({
    changes: things
      .of('alert')
      .filter(({ acknowledged }) => acknowledged?.command === commandId)
      .map((alert) => without(alert, 'acknowledged')),
  }),
};

/** By the record nobody has told the patient then. */
export const ofTelling: Annulling = {
  signedBy: 'slip',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('alert')
      .filter(({ patientTold }) => patientTold.some(({ command }) => command === commandId))
      .map((alert) => ({
        ...alert,
        patientTold: alert.patientTold.map((each) =>
          each.command === commandId ? { ...each, annulled } : each,
        ),
      })),
  }),
};
