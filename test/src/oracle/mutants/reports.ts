import type { Mutant } from './mutant.js';

/** C4: what a report is compared with. */
export const REPORTS: readonly Mutant[] = [
  {
    id: 'C4 a step needs no permission to start',
    file: 'manufacturing/decide-report.js',
    find: 'if (!attempt.permission) {',
    replace: 'if (false) {',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 anybody of a party that may does a step',
    file: 'manufacturing/decide-report.js',
    find: 'if (!step.roles.some((role) => context.actor.roles.includes(role)))',
    replace: 'if (false)',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 a step takes more than it was permitted',
    file: 'manufacturing/decide-report.js',
    find: 'if (attempt.permission && !permitted.includes(item.id))',
    replace: 'if (false)',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 a report replaces another',
    file: 'manufacturing/decide-report.js',
    find: "recording.deviate({ code: 'RESULT_REPLACED', classification: 'major', found: attempt.report.command }, attempt);",
    replace: '',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 lots are used as one likes',
    file: 'manufacturing/report-use.js',
    find: 'if (used !== step.lots) {',
    replace: 'if (false) {',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 a run is shared as one likes',
    file: 'manufacturing/report-use.js',
    find: 'if (shared !== step.sharedRun) {',
    replace: 'if (false) {',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 a step makes what it does not make',
    file: 'manufacturing/report-use.js',
    find: 'const others = made.filter(({ kind }) => !kinds.includes(kind));',
    replace: 'const others = [];',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 a lot that nobody registered is used',
    file: 'manufacturing/report-use.js',
    find: 'if (!lot || lot.annulled) {',
    replace: 'if (!lot) return;\n        if (lot.annulled) {',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'C4 a batch counts other units than were filled',
    file: 'manufacturing/batch.js',
    find: 'if (filled === undefined || filled === made)',
    replace: 'if (true)',
    tests: ['manufacturing/batch.test.js'],
  },
  {
    id: 'C4 a batch that does not add up',
    file: 'manufacturing/batch.js',
    find: 'if (accounted === made && new Set(batch.vials).size === batch.vials.length)',
    replace: 'if (true)',
    tests: ['manufacturing/batch.test.js'],
  },
];
