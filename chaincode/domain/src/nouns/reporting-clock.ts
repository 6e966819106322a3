import { z } from 'zod';
import { code } from '../values/identifiers.js';
import { reportableKind } from '../values/words.js';
import type { ReadOnly } from './noun.js';

export const reportingClock = z.strictObject({
  kind: reportableKind,
  /** which report, by whom it is for */
  report: code,
  /** from first awareness */
  hours: z.int().min(1).max(8760),
});

/** A report that every event of a kind is owed, and within how many hours. */
export interface ReportingClock extends ReadOnly<z.infer<typeof reportingClock>> {}

/**
 * What stands for a process's `reportingClocks` of each kind of which it has none: a safety report to the sponsor, to the authority and
 * once more complete (ICH E2A, III.B); quality defects (EU GMP, chapter 8); personal data (GDPR, article 33).
 */
export const REPORTING_CLOCKS: readonly ReportingClock[] = [
  { kind: 'safety-report', report: 'sponsor', hours: 24 },
  { kind: 'safety-report', report: 'authority', hours: 7 * 24 },
  { kind: 'safety-report', report: 'authority-complete', hours: 15 * 24 },
  { kind: 'complaint', report: 'manufacturer', hours: 24 },
  { kind: 'suspected-falsification', report: 'authority', hours: 24 },
  { kind: 'field-safety-notice', report: 'physician', hours: 24 },
  { kind: 'data-breach', report: 'supervisory-authority', hours: 72 },
];
