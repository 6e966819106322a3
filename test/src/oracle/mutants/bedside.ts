import type { Mutant } from './mutant.js';

const TESTS = ['gates/bedside.test.js'];

/** A6: to whom it is given. */
export const BEDSIDE: readonly Mutant[] = [
  {
    id: 'A6 a verification counts for ever',
    file: 'gates/bedside.js',
    find: 'return milliseconds(at) <= until;',
    replace: 'return true;',
  },
  {
    id: 'A6 a verification is used again',
    file: 'gates/bedside.js',
    find: '...reasonsOfReuse(whole, named),',
    replace: '',
    tests: TESTS,
  },
  {
    id: 'A6 a verification of another container counts',
    file: 'gates/bedside.js',
    find: 'each.item === item &&',
    replace: '',
    tests: TESTS,
  },
  {
    id: 'A6 nobody need see the patient’s token',
    file: 'gates/bedside.js',
    find: "if (standing.some(({ token }) => token === 'wristband'))",
    replace: 'if (true)',
    tests: TESTS,
  },
  {
    id: 'A6 one of the staff does',
    file: 'gates/bedside.js',
    find: 'if (staff >= 2)',
    replace: 'if (staff >= 1)',
  },
  {
    id: 'A6 the minutes run from the entry',
    file: 'gates/bedside.js',
    find: 'addMinutes(effectiveOf(by), definition.bedsideMinutes)',
    replace: 'addMinutes(by.time, definition.bedsideMinutes)',
    tests: TESTS,
  },
  {
    id: 'A6 a mismatch is soon forgotten',
    file: 'gates/bedside.js',
    find: 'mismatches.every((mismatch) => isAfter(each, mismatch.by))',
    replace: 'true',
  },
  {
    id: 'A6 a mismatch among the named is no reason',
    file: 'gates/bedside.js',
    find: '...reasonsOfMismatch(whole, item, named),',
    replace: '',
    tests: TESTS,
  },
  {
    id: 'A6 one person counts twice',
    file: 'gates/bedside.js',
    find: 'return peopleIn(others.map(({ by }) => by));',
    replace: 'return others.length;',
  },
  {
    id: 'A6 staff whom the process does not name check',
    file: 'gates/bedside.js',
    find: 'by.roles.some((role) => roles.includes(role))',
    replace: 'true',
    tests: TESTS,
  },
  {
    id: 'A6 the patient is one of the staff',
    file: 'gates/bedside.js',
    find: 'checks.filter(({ by }) => principalOf(by) !== therapy.patient)',
    replace: 'checks',
    tests: TESTS,
  },
  {
    id: 'A6 one witness does',
    file: 'gates/bedside.js',
    find: '(peopleIn(witnesses.map(({ by }) => by)) >= 2)',
    replace: '(peopleIn(witnesses.map(({ by }) => by)) >= 1)',
    tests: TESTS,
  },
];
