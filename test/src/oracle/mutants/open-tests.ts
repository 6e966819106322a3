import type { Mutant } from './mutant.js';

const PASSES = ['care/given-by-pass.test.js'];
const TESTS = ['gates/open-tests.test.js'];

/** A3: a test that may follow. */
export const OPEN_TESTS: readonly Mutant[] = [
  {
    id: 'A3 every test may follow',
    file: 'gates/containers.js',
    find: 'return releaseTestsOf(definition).filter(({ mayFollow }) => !mayFollow);',
    replace: 'return [];',
  },
  {
    id: 'A3 an open test that somebody named speaks for every one',
    file: 'gates/containers.js',
    find: '!named.includes(id)',
    replace: 'named.length === 0',
  },
  {
    id: 'A3 an open test need not be named by whoever certifies',
    file: 'manufacturing/certify-batch.js',
    find: 'reasons.push(...reasonsOfOpenTests(whole, [batch], command.body.openTests));',
    replace: '',
    tests: TESTS,
  },
  {
    id: 'A3 an open test need not be named by the physician who authorises',
    file: 'care/authorise-dose.js',
    find: '...reasonsOfOpenTests(whole, ancestry.batches, asked.openTests),',
    replace: '',
    tests: TESTS,
  },
  {
    id: 'A3 an open test need not be named by the two who override',
    file: 'care/override-dose.js',
    find: '...reasonsOfOpenTests(whole, state.ancestry.batches, body.openTests),',
    replace: '',
    tests: ['care/override-dose.test.js'],
  },
  {
    id: 'A3 an open test need not be named by the physician who issues a pass',
    file: 'care/issue-pass.js',
    find: '...reasonsOfOpenTests(whole, ancestry.batches, openTestsNamed(command.body, context)),',
    replace: '',
    tests: PASSES,
  },
  {
    id: 'A3 a pharmacist signs alone for an open test in a pass',
    file: 'care/issue-pass.js',
    find: "return actor.roles.includes('clinician') ? named : [];",
    replace: 'return named;',
    tests: PASSES,
  },
  {
    id: 'A3 a certification keeps no word of which tests were open',
    file: 'manufacturing/certify-batch.js',
    find: '...openTestsIn(whole, [batch])',
    replace: '',
    tests: TESTS,
  },
  {
    id: 'A3 a test of identity may follow',
    file: 'nouns/process-step.js',
    find: 'if (!checks.some(saysWhose))',
    replace: 'if (true)',
    tests: TESTS,
  },
  {
    id: 'A3 an open test is owed by nobody',
    file: 'next/following.js',
    find: '.filter((batch) => isOfUse(batch) || isGiven(matters, batch))',
    replace: '.filter(() => false)',
    tests: TESTS,
  },
  {
    id: 'A3 an open test is owed of nothing that is recalled, though it was given',
    file: 'next/following.js',
    find: 'isOfUse(batch) || isGiven(matters, batch)',
    replace: 'isOfUse(batch)',
    tests: TESTS,
  },
  {
    id: 'A3 an open test has all the time in the world',
    file: 'next/following.js',
    find: 'return mayFollow ?',
    replace: 'return false ?',
    tests: TESTS,
  },
];
