import type { Mutant } from './mutant.js';

/** A7: by which order it is given, and how often. */
export const ORDER_LINES: readonly Mutant[] = [
  {
    id: 'A7 a container serves two lines',
    file: 'gates/order-line.js',
    find: 'const holding = others.filter((other) => holdsContainer(whole, other, item, at));',
    replace: 'const holding = [];',
  },
  {
    id: 'A7 a line serves two doses',
    file: 'gates/order-line.js',
    find: 'if (taking.length < amount)',
    replace: 'if (true)',
  },
  {
    id: 'A7 a line that nobody ordered serves',
    file: 'gates/order-line.js',
    find: 'if (!line || line.annulled) {',
    replace: 'if (!line) return [];\n    if (line.annulled) {',
  },
  {
    id: 'A7 a line takes one container more than was ordered',
    file: 'gates/order-line.js',
    find: 'return containers;',
    replace: 'return containers + 1;',
  },
  {
    id: 'A7 what was begun takes nothing of its line',
    file: 'gates/order-line.js',
    find: 'return [...new Set(begun.map(({ item }) => item))];',
    replace: 'return [];',
  },
  {
    id: 'A7 what stands authorised takes nothing of its line',
    file: 'gates/order-line.js',
    find: 'return isOpen(whole, dose, at) ? [dose.item] : [];',
    replace: 'return [];',
  },
  {
    id: 'A7 a container that stands authorised serves another line',
    file: 'gates/order-line.js',
    find: 'return dose.item === item && isOpen(whole, dose, at);',
    replace: 'return false;',
  },
  {
    id: 'A7 an authorisation never ends',
    file: 'gates/order-line.js',
    find: 'if (until === undefined || milliseconds(at) > milliseconds(until))',
    replace: 'if (until === undefined)',
  },
  {
    id: 'A7 a line that was entered in error serves',
    file: 'gates/order-line.js',
    find: 'if (!line || line.annulled) {',
    replace: 'if (!line) {',
    tests: [
      'gates/order-line.test.js',
      'therapy/order-line.test.js',
      'quality/annul-record.test.js',
      'quality/annulled.test.js',
    ],
  },
  {
    id: 'A7 a line serves that another one stands in place of',
    file: 'gates/order-line.js',
    find: 'if (successor) {',
    replace: 'if (false) {',
  },
  {
    id: 'A7 what is left in a container given in part is no remainder',
    file: 'gates/order-line.js',
    find: "course === 'complete' && !annulled",
    replace: '!annulled',
  },
  {
    id: 'A7 an administration that was entered in error uses a line up for ever',
    file: 'gates/order-line.js',
    find: "course === 'complete' && !annulled",
    replace: "course === 'complete'",
  },
  {
    id: 'A7 more is ordered than remains',
    file: 'therapy/order-line.js',
    find: '...(containers <= remainder',
    replace: '...(true',
    tests: ['therapy/order-line.test.js'],
  },
  {
    id: 'A7 a line is ordered anew while a dose of it may begin',
    file: 'therapy/line-in-force.js',
    find: 'if (standing.length === 0)',
    replace: 'if (true)',
    tests: ['therapy/order-line.test.js'],
  },
  {
    id: 'A7 a line is ordered anew twice',
    file: 'therapy/line-in-force.js',
    find: 'if (!successor)',
    replace: 'if (true)',
    tests: ['therapy/order-line.test.js'],
  },
  {
    id: 'A7 a line is ordered anew for a patient whom nobody saw',
    file: 'therapy/order-line.js',
    find: '...(body.patientSeen\n',
    replace: '...(true\n',
    tests: ['therapy/order-line.test.js'],
  },
  {
    id: 'A7 the physician need not say go',
    file: 'care/authorise-dose.js',
    find: "if (fitness === 'go')",
    replace: 'if (true)',
    tests: ['care/authorise-dose.test.js'],
  },
];
