import type { Mutant } from './mutant.js';

/** F and G: when a fact was, who settles what, what was entered in error. */
export const RECORDS: readonly Mutant[] = [
  {
    id: 'F1 the first of several beginnings counts',
    file: 'values/time.js',
    find: '(milliseconds(last) < milliseconds(each) ? each : last)',
    replace: 'last',
  },
  {
    id: 'F1 a fact may be before what it is about',
    file: 'commands/decision.js',
    find: 'if (since === undefined || !isBefore(at, since) || known === true)',
    replace: 'if (true)',
  },
  {
    id: 'F1 a design may be before its data',
    file: 'manufacturing/submit-design.js',
    find: '.about(design, since)',
    replace: '.about(design)',
  },
  {
    id: 'F1 a report may be before its data',
    file: 'manufacturing/decide-report.js',
    find: 'recording.about(attempt, since);',
    replace: 'recording.about(attempt);',
    tests: ['manufacturing/decide-report.test.js'],
  },
  {
    id: 'F1 a batch may be before its fill',
    file: 'manufacturing/batch.js',
    find: 'effectiveOf(state.fill?.report ?? state.therapy.ordered)',
    replace: 'effectiveOf(state.therapy.ordered)',
  },
  {
    id: 'F1 a reading may be outside its journey',
    file: 'custody/readings.js',
    find: 'const outside = body.readings.filter(({ at }) => isOutsideJourney(at, item, command.at));',
    replace: 'const outside = [];',
    tests: ['custody/produce.test.js'],
  },
  {
    id: 'F1 a receipt may be before its release',
    file: 'custody/receive.js',
    find: 'if (isBefore(receipt.at, release.at)) {',
    replace: 'if (false) {',
    tests: ['custody/hand-off.test.js'],
  },
  {
    id: 'F2 a late fact without a reason has no subject',
    file: 'commands/decision.js',
    find: 'this.deviate(late, ...things.values());',
    replace: 'this.deviate(late);',
  },
  {
    id: 'F2 no fact is late',
    file: 'commands/decision.js',
    find: 'if (this.#context.late) {',
    replace: 'if (false) {',
  },
  {
    id: 'G2 who caused a deviation settles it',
    file: 'manufacturing/record-disposition.js',
    find: 'if (isOwnSignature(deviation.opened, context)) {',
    replace: 'if (false) {',
    tests: ['manufacturing/hold.test.js'],
  },
  {
    id: 'G2 quality settles what is about something else',
    file: 'manufacturing/record-disposition.js',
    find: 'if (!concerned || !thing) {',
    replace: 'if (!thing) {',
    tests: ['manufacturing/hold.test.js'],
  },
  {
    id: 'G3 what was entered in error may be used',
    file: 'gates/blocks.js',
    find: 'return entity.blockers.map((blocker)',
    replace: "return entity.blockers.filter(({ kind }) => kind !== 'annulled').map((blocker)",
  },
  {
    id: 'G3 what was entered in error stays as it was',
    file: 'nouns/subject.js',
    find: "return block(thing, { kind: 'annulled', id: `A.${command}`, code: 'ENTERED_IN_ERROR' });",
    replace: 'return thing;',
    tests: ['quality/annul-record.test.js'],
  },
];
