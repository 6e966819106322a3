import type { Mutant } from './mutant.js';

/** E3: who is a maker. */
export const PEOPLE: readonly Mutant[] = [
  {
    id: 'E3 one person reviews and certifies',
    file: 'manufacturing/certify-batch.js',
    find: 'if (batch.review && isOwnSignature(batch.review, context)) {',
    replace: 'if (false) {',
    tests: ['manufacturing/release-batch.test.js'],
  },
  {
    id: 'E3 who made a thing certifies it',
    file: 'manufacturing/release-batch.js',
    find: 'if ([context.principal, personAsking(context)].some((each) => makers.has(each))) {',
    replace: 'if (false) {',
    tests: ['manufacturing/release-batch.test.js'],
  },
  {
    id: 'E3 who tested is no maker',
    file: 'manufacturing/release-batch.js',
    find: 'const makers = makersOf(state.whole, state.tested);',
    replace: 'const makers = makersOf(state.whole, state.ancestry);',
    tests: ['manufacturing/release-batch.test.js'],
  },
  {
    id: 'E3 who began a step is no maker',
    file: 'graph/makers.js',
    find: 'attempt.permission, ',
    replace: '',
  },
  {
    id: 'E3 who reported a step again is no maker',
    file: 'graph/makers.js',
    find: '...reportsOf(attempt)',
    replace: 'attempt.report',
  },
  {
    id: 'E3 who handed a thing on is no maker',
    file: 'graph/makers.js',
    find: '...items.flatMap(({ signatures }) => signatures),',
    replace: '...items.flatMap(({ signatures }) => signatures.slice(0, 1)),',
  },
  {
    id: 'E3 who measured is no maker',
    file: 'graph/makers.js',
    find: '...readings.filter(({ item }) => held.has(item)).map(({ recorded }) => recorded),',
    replace: '',
  },
  {
    id: 'E3 who designed is no maker',
    file: 'graph/makers.js',
    find: '...designs.map(({ submitted }) => submitted),',
    replace: '',
  },
  {
    id: 'E3 who recorded the batch is no maker',
    file: 'graph/makers.js',
    find: '...batches.map(({ recorded }) => recorded),',
    replace: '',
  },
  {
    id: 'E3 who registered a lot is no maker',
    file: 'graph/makers.js',
    find: '...lots.map(({ registered }) => registered),',
    replace: '',
  },
];
