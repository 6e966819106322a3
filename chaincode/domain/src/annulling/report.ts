import type { Annulling } from './annulling.js';

/** By the record nobody outside was told then; the report is owed still. */
export const ofReport: Annulling = {
  signedBy: 'slip',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('reportable-event')
      .filter(({ reports }) => reports.some(({ command }) => command === commandId))
      .map((each) => ({
        ...each,
        reports: each.reports.map((one) =>
          one.command === commandId ? { ...one, annulled } : one,
        ),
      })),
  }),
};
