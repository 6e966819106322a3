import type { Mutant } from './mutant.js';

/** D: how far a trouble reaches. */
export const REACH: readonly Mutant[] = [
  {
    id: 'D1 a block of an attempt reaches nothing',
    file: 'gates/blocks.js',
    find: '...[...attempts, ...datasets, ...designs, ...batches].flatMap(reasonsOfBlockers),',
    replace: '...[...datasets, ...designs, ...batches].flatMap(reasonsOfBlockers),',
  },
  {
    id: 'D1 a block of data reaches nothing',
    file: 'gates/blocks.js',
    find: '...[...attempts, ...datasets, ...designs, ...batches].flatMap(reasonsOfBlockers),',
    replace: '...[...attempts, ...designs, ...batches].flatMap(reasonsOfBlockers),',
  },
  {
    id: 'D1 a block reaches one step far',
    file: 'gates/blocks.js',
    find: '...items.flatMap((item) => reasonsOfBlockers(',
    replace: '...items.slice(0, 1).flatMap((item) => reasonsOfBlockers(',
  },
  {
    id: 'D1 a block of a design reaches nothing',
    file: 'gates/blocks.js',
    find: '...[...attempts, ...datasets, ...designs, ...batches].flatMap(reasonsOfBlockers),',
    replace: '...[...attempts, ...datasets, ...batches].flatMap(reasonsOfBlockers),',
  },
  {
    id: 'D1 a block of a batch reaches nothing',
    file: 'gates/blocks.js',
    find: '...[...attempts, ...datasets, ...designs, ...batches].flatMap(reasonsOfBlockers),',
    replace: '...[...attempts, ...datasets, ...designs].flatMap(reasonsOfBlockers),',
  },
  {
    id: 'D1 a condition whose beginning is known reaches nothing',
    file: 'gates/reach.js',
    find: 'return milliseconds(time) >= milliseconds(since);',
    replace: 'return false;',
  },
  {
    id: 'D1 a condition reaches what was made before it',
    file: 'gates/reach.js',
    find: 'return milliseconds(time) >= milliseconds(since);',
    replace: 'return true;',
  },
  {
    id: 'D1 a condition whose beginning nobody knows reaches nothing',
    file: 'gates/reach.js',
    find: "if (since === undefined || time === undefined || kind === 'hold' || kind === 'annulled')\n        return true;",
    replace:
      "if (kind === 'hold' || kind === 'annulled')\n        return true;\n    if (since === undefined || time === undefined)\n        return false;",
  },
  {
    id: 'D1 an excursion begins with the reading that shows it',
    file: 'custody/readings.js',
    find: 'const before = inOrder[first - 1];',
    replace: 'const before = inOrder[first];',
    tests: ['custody/produce.test.js'],
  },
  {
    id: 'D2 what was recalled before it was recorded is given',
    file: 'nouns/early-recall.js',
    find: 'return early && !early.annulled ? { recall: early.recall } : undefined;',
    replace: 'return undefined;',
    tests: ['manufacturing/batch.test.js'],
  },
  {
    id: 'D3 what compromised keys signed is given',
    file: 'care/authorise-dose.js',
    find: '...reasonsOfSuspects(suspects),',
    replace: '',
    tests: ['care/authorise-dose.test.js'],
  },
  {
    id: 'D3 what compromised keys signed is released',
    file: 'manufacturing/release-batch.js',
    find: '...reasonsOfSuspects(suspects),',
    replace: '',
    tests: ['manufacturing/release-batch.test.js'],
  },
  {
    id: 'D3 a design that compromised keys signed for is approved',
    file: 'manufacturing/approve-design.js',
    find: '...reasonsOfSuspects(suspects),',
    replace: '',
    tests: ['manufacturing/design.test.js'],
  },
  {
    id: 'D3 whom a compromised registrar enrolled is nobody’s concern',
    file: 'registry/suspects.js',
    find: 'return own ?? this.#compromisedSince(signer.enrolledBy, signer.enrolledAt, seen);',
    replace: 'return own;',
    tests: ['registry/suspects.test.js'],
  },
  {
    id: 'D3 what was signed with the container’s check is nobody’s concern',
    file: 'care/authorise-dose.js',
    find: '...verifications.map(statementOfVerification),',
    replace: '',
    tests: ['care/authorise-dose.test.js'],
  },
];
