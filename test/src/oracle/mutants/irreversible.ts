import type { Mutant } from './mutant.js';

const BEGUN = ['gates/irreversible.test.js'];
const GOING_ON = ['care/decide-to-go-on.test.js'];
const THAWED = ['custody/produce.test.js'];

/** A10: what cannot be undone, and what goes on after it. */
export const IRREVERSIBLE: readonly Mutant[] = [
  {
    id: 'A10 it begins without the gate of the dose',
    file: 'manufacturing/start-step.js',
    find: '...(isIrreversible(step)\n',
    replace: '...(false\n',
    tests: BEGUN,
  },
  {
    id: 'A10 it begins while no line of the order is free',
    file: 'gates/irreversible.js',
    find: '...(line ? reasonsOfOrder(whole, line, at) : unordered),',
    replace: '...(line ? reasonsOfOrder(whole, line, at) : []),',
  },
  {
    id: 'A10 it begins on what is in no certified batch',
    file: 'gates/irreversible.js',
    find: '...reasonsOfContainers(whole, item, at),',
    replace: '',
  },
  {
    id: 'A10 it begins without consent to the dose',
    file: 'gates/irreversible.js',
    find: '...reasonsOfConsent(consents, usesAsked(giving, at), false),',
    replace: '',
  },
  {
    id: 'A10 it begins while an alarm says tampering',
    file: 'gates/irreversible.js',
    find: '...reasonsOfAlarmsUnnamed(whole, ancestry, seen),',
    replace: '',
  },
  {
    id: 'A10 a thaw that nobody permitted is nothing',
    file: 'custody/derive.js',
    find: 'if (wasPermitted(definition, attempts, parent.id, begun))',
    replace: 'if (true)',
    tests: THAWED,
  },
  {
    id: 'A10 what one item was permitted for serves for another',
    file: 'gates/irreversible.js',
    find: 'if (!permission?.inputs.includes(item))',
    replace: 'if (!permission)',
  },
  {
    id: 'A10 a permission that was an error serves',
    file: 'gates/irreversible.js',
    find: "if (blockers.some(({ kind }) => kind === 'annulled' || kind === 'rejected'))",
    replace: 'if (false)',
  },
  {
    id: 'A10 a permission never ends',
    file: 'gates/irreversible.js',
    find: ' && milliseconds(held) <= milliseconds(until)',
    replace: '',
  },
  {
    id: 'A10 a permission serves for what was before it',
    file: 'gates/irreversible.js',
    find: '!isBefore(began, from) && ',
    replace: '',
  },
  {
    id: 'A10 two go on before anything that cannot be undone',
    file: 'care/decide-to-go-on.js',
    find: 'if (irreversiblesBefore(whole, ancestry.items).length > 0)',
    replace: 'if (true)',
    tests: GOING_ON,
  },
  {
    id: 'A10 one of the two decides alone',
    file: 'gates/decided.js',
    find: 'each.agreed && !isBefore(at, each.agreed.time)',
    replace: 'true',
  },
  {
    id: 'A10 one person signs for both',
    file: 'quality/same-words.js',
    find: 'if (signatures.some((each) => isOwnSignature(each, context))) {',
    replace: 'if (false) {',
    tests: GOING_ON,
  },
  {
    id: 'A10 two physicians decide',
    file: 'quality/same-words.js',
    find: 'else if (!missing.some((role) => roles.includes(role))) {',
    replace: 'else if (false) {',
    tests: GOING_ON,
  },
  {
    id: 'A10 a release person of a hospital decides',
    file: 'care/decide-to-go-on.js',
    find: "roles.includes('release-person') && ofQuality(therapy, context)",
    replace: "roles.includes('release-person')",
    tests: GOING_ON,
  },
  {
    id: 'A10 another hold of the same reason is decided on already',
    file: 'gates/override.js',
    find: ' || blockersBehind(whole, reason).some((id) => !behind.has(id))',
    replace: '',
    tests: GOING_ON,
  },
  {
    id: 'A10 the two sign different words',
    file: 'quality/same-words.js',
    find: 'if (canonicalise(words) !== canonicalise(own)) {',
    replace: 'if (false) {',
    tests: GOING_ON,
  },
  {
    id: 'A10 the second decides on what came since',
    file: 'care/decide-to-go-on.js',
    find: '        ...since,\n',
    replace: '',
    tests: GOING_ON,
  },
  {
    id: 'A10 what was decided counts for ever',
    file: 'gates/decided.js',
    find: ' && milliseconds(until) >= milliseconds(at)',
    replace: '',
  },
  {
    id: 'A10 what was decided for one product counts for every one',
    file: 'gates/decided.js',
    find: ' || !items.some(({ id }) => id === each.item)',
    replace: '',
  },
  {
    id: 'A10 what was decided in error counts',
    file: 'gates/decided.js',
    find: 'if (each.annulled || ',
    replace: 'if (',
  },
  ...['RECALLED', 'CHECK_FAILED', 'BATCH_NOT_RELEASED', 'CONSENT_DENIED'].map((code) => ({
    id: `A10 they go on against ${code}`,
    file: 'gates/decided.js',
    find: `    ${code}: true,`,
    replace: `    ${code}: false,`,
  })),
  {
    id: 'A10 they go on with what is labelled as another',
    file: 'gates/decided.js',
    find: "of !== 'identity' && ",
    replace: '',
  },
  {
    id: 'A10 they go on with what fails a check of safety',
    file: 'gates/decided.js',
    find: " && of !== 'safety'",
    replace: '',
  },
];
