import type { Mutant } from './mutant.js';

/** A8: with whose consent it is given. */
export const CONSENT: readonly Mutant[] = [
  {
    id: 'A8 a physician overrides a no',
    file: 'gates/consent.js',
    find: 'if (continueAfterLapse && lapsed && !isDenied(consents, purpose))',
    replace: 'if (continueAfterLapse && lapsed)',
  },
  {
    id: 'A8 nobody asks the patient’s consent',
    file: 'gates/consent.js',
    find: 'return reasonsAgainstUse(consents, use);',
    replace: 'return [];',
  },
  {
    id: 'A8 a no ends nothing that was given',
    file: 'consent/say-no.js',
    find: 'const open = state.consents.filter((consent) => OPEN.includes(consent.state));',
    replace: 'const open = [];',
    tests: ['consent/answer.test.js'],
  },
  {
    id: 'A8 a refusal is no no',
    file: 'consent/evaluate.js',
    find: "new Set(['refused', 'withdrawn'])",
    replace: "new Set(['withdrawn'])",
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 a withdrawal is no no',
    file: 'consent/evaluate.js',
    find: "new Set(['refused', 'withdrawn'])",
    replace: "new Set(['refused'])",
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 a no is never taken back',
    file: 'consent/evaluate.js',
    find: '(!takenBack && NO_OF_PATIENT.has(state))',
    replace: 'NO_OF_PATIENT.has(state)',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 a compromised key takes a no back',
    file: 'consent/evaluate.js',
    find: 'isGiven(consent) && consent.suspect === undefined',
    replace: 'isGiven(consent)',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 what was revoked in the patient’s place is no no',
    file: 'consent/evaluate.js',
    find: "new Set(['revoked', 'restricted', 'invalidated'])",
    replace: 'new Set(["restricted","invalidated"])',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 what was restricted in the patient’s place is no no',
    file: 'consent/evaluate.js',
    find: "new Set(['revoked', 'restricted', 'invalidated'])",
    replace: 'new Set(["revoked","invalidated"])',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 what was invalidated in the patient’s place is no no',
    file: 'consent/evaluate.js',
    find: "new Set(['revoked', 'restricted', 'invalidated'])",
    replace: 'new Set(["revoked","restricted"])',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 consent that has ended covers a use',
    file: 'consent/evaluate.js',
    find: 'if (scope.validUntil !== undefined && asked >= milliseconds(scope.validUntil))',
    replace: 'if (false)',
    tests: ['consent/evaluate.test.js'],
  },
  {
    id: 'A8 consent that has not begun covers a use',
    file: 'consent/evaluate.js',
    find: 'if (scope.validFrom !== undefined && asked < milliseconds(scope.validFrom))',
    replace: 'if (false)',
    tests: ['consent/evaluate.test.js'],
  },
];
