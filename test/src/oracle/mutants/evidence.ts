import type { Mutant } from './mutant.js';

/** C1: what is evidence, and which retest stands for what failed. */
export const EVIDENCE: readonly Mutant[] = [
  {
    id: 'C1 an attempt without products is no evidence',
    file: 'graph/evidence.js',
    find: 'return isTest(step) || report.outputs.length + report.datasets.length === 0;',
    replace: 'return isTest(step);',
  },
  {
    id: 'C1 only what the batch names is evidence',
    file: 'graph/evidence.js',
    find: 'return ancestry.attempts.some((each) => shareSubject(whole, each, attempt));',
    replace: 'return false;',
  },
  {
    id: 'C1 tests of things of the same origin are no evidence',
    file: 'graph/evidence.js',
    find: 'if (shareOne(examinedBy(whole, attempt).origins, origins))',
    replace: 'if (false)',
  },
  {
    id: 'C1 what was reported again is no evidence',
    file: 'graph/results.js',
    find: 'return reportsOf(attempt).flatMap(({ verdicts }) => validOf(checks, verdicts));',
    replace: 'return resultsOf(whole, attempt);',
  },
  {
    id: 'C1 what was reported of a failed control is a result',
    file: 'graph/results.js',
    find: "const isNone = isInvalid || (isUnknown && verdict === 'pass');",
    replace: "const isNone = isUnknown && verdict === 'pass';",
  },
  {
    id: 'C1 a run passes without a word on its control',
    file: 'graph/results.js',
    find: "const isNone = isInvalid || (isUnknown && verdict === 'pass');",
    replace: 'const isNone = isInvalid;',
  },
  {
    id: 'C1 an investigation that nobody concluded lets a retest stand',
    file: 'graph/retest.js',
    find: "!conclusion?.concluded || conclusion.cause !== 'laboratory'",
    replace: "!conclusion || conclusion.cause !== 'laboratory'",
  },
  {
    id: 'C1 a failure without a cause in the laboratory is stood for',
    file: 'graph/retest.js',
    find: " || conclusion.cause !== 'laboratory'",
    replace: '',
  },
  {
    id: 'C1 an investigation that was entered in error lets a retest stand',
    file: 'graph/retest.js',
    find: ' && !each.annulled',
    replace: '',
    tests: [
      'gates/retest.test.js',
      'quality/investigation.test.js',
      'quality/annul-record.test.js',
      'quality/annulled.test.js',
    ],
  },
  {
    id: 'C1 a retest stands that nobody planned',
    file: 'graph/retest.js',
    find: 'return reasonsOfRetest(whole, investigation, retests).length === 0;',
    replace: 'return true;',
  },
  {
    id: 'C1 fewer retests than planned stand',
    file: 'graph/retest.js',
    find: 'retests.length !== plan.number || ',
    replace: '',
  },
  {
    id: 'C1 a retest by any analyst stands',
    file: 'graph/retest.js',
    find: 'if (principalOf(report) !== plan.analyst)',
    replace: 'if (false)',
  },
  {
    id: 'C1 a retest from before its plan stands',
    file: 'graph/retest.js',
    find: 'if (begun.some((at) => milliseconds(at) < milliseconds(since)))',
    replace: 'if (false)',
  },
  {
    id: 'C1 a retest that was set aside stands',
    file: 'graph/retest.js',
    find: "if (blockers.some(({ kind }) => kind === 'rejected' || kind === 'annulled'))",
    replace: 'if (false)',
  },
  {
    id: 'C1 a retest of another sample stands',
    file: 'graph/retest.js',
    find: "return isOnPlanned(whole, planned, report) ? undefined : 'on another sample';",
    replace: 'return undefined;',
  },
  {
    id: 'C1 a retest that failed stands',
    file: 'graph/retest.js',
    find: "if (found === 'pass')",
    replace: 'if (true)',
  },
  {
    id: 'C1 one person concludes an investigation',
    file: 'quality/conclude-investigation.js',
    find: 'const missing = missingOf(asked, signed);',
    replace: 'const missing = [];',
    tests: ['quality/investigation.test.js'],
  },
  {
    id: 'C1 who tested concludes the investigation',
    file: 'quality/conclude-investigation.js',
    find: 'if (!signed.some((each) => isOwnSignature(each, context)))',
    replace: 'if (true)',
    tests: ['quality/investigation.test.js'],
  },
];
