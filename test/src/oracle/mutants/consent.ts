import type { Mutant } from './mutant.js';

/** A8: with whose consent it is given. */
export const CONSENT: readonly Mutant[] = [
  {
    id: 'A8 a physician overrides a no',
    file: 'gates/consent.js',
    find: 'if (continueAfterLapse && lapsed && !isDenied(consents, use))',
    replace: 'if (continueAfterLapse && lapsed)',
  },
  {
    id: 'A8 nobody asks the patient’s consent',
    file: 'gates/consent.js',
    find: 'return reasonsAgainstUse(consents, use);',
    replace: 'return [];',
  },
  {
    id: 'A8 a no is no record in force',
    file: 'consent/say-no.js',
    find: "{ noun: 'consent', patient, purpose: of, id: `N1.${ended.command}`, state: to }",
    replace:
      "{ noun: 'consent', patient, purpose: of, id: `N1.${ended.command}`, state: 'terminated' }",
    tests: ['consent/answer.test.js'],
  },
  {
    id: 'A8 a no ends nothing that was given',
    file: 'consent/say-no.js',
    find: "return isGiven(consent) || state === 'expired' || state === 'reconsent-required';",
    replace: 'return false;',
    tests: ['consent/answer.test.js'],
  },
  {
    id: 'A8 a refusal is no no',
    file: 'consent/stands.js',
    find: "new Set(['refused', 'withdrawn'])",
    replace: "new Set(['withdrawn'])",
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 a withdrawal is no no',
    file: 'consent/stands.js',
    find: "new Set(['refused', 'withdrawn'])",
    replace: "new Set(['refused'])",
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 a no is never taken back',
    file: 'consent/stands.js',
    find: '!takenBack.has(consent.id)',
    replace: 'true',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 a yes takes nothing back',
    file: 'consent/agree.js',
    find: 'takesBack.length > 0',
    replace: 'false',
    tests: ['consent/answer.test.js'],
  },
  {
    id: 'A8 a compromised key takes a no back',
    file: 'consent/stands.js',
    find: 'isGiven(consent) && consent.suspect === undefined',
    replace: 'isGiven(consent)',
    tests: ['consent/decide-use.test.js'],
  },
  {
    id: 'A8 what was revoked in the patient’s place denies nothing',
    file: 'consent/stands.js',
    find: "new Set(['revoked', 'invalidated'])",
    replace: "new Set(['invalidated'])",
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 what was invalidated denies nothing',
    file: 'consent/stands.js',
    find: "new Set(['revoked', 'invalidated'])",
    replace: "new Set(['revoked'])",
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 consent that has ended covers a use',
    file: 'consent/stands.js',
    find: 'if (scope.validUntil !== undefined && asked >= milliseconds(scope.validUntil))',
    replace: 'if (false)',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 consent that has not begun covers a use',
    file: 'consent/stands.js',
    find: 'if (scope.validFrom !== undefined && asked < milliseconds(scope.validFrom))',
    replace: 'if (false)',
    tests: ['consent/evaluate.test.js'],
  },
];
