import type { Mutant } from './mutant.js';

/** C2: what a failed check leads to. */
export const CHECKS: readonly Mutant[] = [
  {
    id: 'C2 a disposition permits what failed a check of identity',
    file: 'gates/evidence.js',
    find: "new Set(['identity', 'safety'])",
    replace: "new Set(['safety'])",
  },
  {
    id: 'C2 a disposition permits what failed a check of safety',
    file: 'gates/evidence.js',
    find: "new Set(['identity', 'safety'])",
    replace: "new Set(['identity'])",
  },
  {
    id: 'C2 a failed check deviates from nothing',
    file: 'manufacturing/verdict.js',
    find: "if (verdict === 'pass')",
    replace: "if (verdict === 'pass' || verdict === 'fail')",
    tests: ['manufacturing/verdict.test.js'],
  },
  {
    id: 'C2 a limit is no limit',
    file: 'manufacturing/verdict.js',
    find: 'value >= (limits.min ?? -Infinity) &&',
    replace: '',
    tests: ['manufacturing/verdict.test.js'],
  },
  {
    id: 'C2 a result that is missing is none that failed',
    file: 'gates/evidence.js',
    find: "`design ${id}`, ['fail', 'missing']",
    replace: "`design ${id}`, ['fail']",
  },
  {
    id: 'C2 one result of several that passes does',
    file: 'manufacturing/verdict.js',
    find: "verdict: values.every(passes) ? 'pass' : 'fail'",
    replace: "verdict: values.some(passes) ? 'pass' : 'fail'",
    tests: ['manufacturing/verdict.test.js'],
  },
  {
    id: 'C2 no release person signs for a check of identity',
    file: 'quality/conclude-investigation.js',
    find: "const roles = of === 'identity' ? RELEASES :",
    replace: 'const roles = false ? RELEASES :',
    tests: ['quality/investigation.test.js'],
  },
  {
    id: 'C2 what failed identity before says nothing of what was made since',
    file: 'gates/evidence.js',
    find: '...[...all, ...compared].flatMap(',
    replace: '...all.flatMap(',
    tests: ['gates/leads-on.test.js'],
  },
  {
    id: 'C2 quality permits what failed identity',
    file: 'manufacturing/permit-use.js',
    find: "if (about === 'identity' && ref.kind !== 'therapy')",
    replace: 'if (false)',
    tests: ['manufacturing/permit-use.test.js'],
  },
  {
    id: 'C2 quality permits what failed safety',
    file: 'manufacturing/permit-use.js',
    find: "if (about === 'safety')",
    replace: 'if (false)',
    tests: ['manufacturing/permit-use.test.js'],
  },
];
