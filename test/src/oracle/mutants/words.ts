import type { Mutant } from './mutant.js';

/** B: whose word counts. */
export const WORDS: readonly Mutant[] = [
  {
    id: 'B1 any organisation’s quality decides',
    file: 'standing/people.js',
    find: 'return actor.organisation === quality && !isPatient(actor);',
    replace: 'return !isPatient(actor);',
  },
  {
    id: 'B1 any party reports any step',
    file: 'standing/people.js',
    find: 'return step.roles.some((role) => roles.includes(role) || organisation?.grantable.includes(role) === true);',
    replace: 'return true;',
  },
  {
    id: 'B1 anybody holds every thing',
    file: 'standing/custody.js',
    find: 'if (item.holder.organisation === organisation)',
    replace: 'if (true)',
  },
  {
    id: 'B1 anybody is a party',
    file: 'standing/people.js',
    find: 'parties.includes(actor.organisation)',
    replace: 'true',
  },
  {
    id: 'B1 whoever finds a thing passes it on as the holder',
    file: 'standing/custody.js',
    find: 'return handOff.release?.to === organisation;',
    replace: 'return true;',
  },
  {
    id: 'B1 who speaks of what is on its way to another has standing',
    file: 'standing/custody.js',
    find: "return item.custody === 'in-transit' && item.handOff?.to === organisation;",
    replace: "return item.custody === 'in-transit';",
  },
  {
    id: 'B1 a reading by anybody moves a thing',
    file: 'custody/readings.js',
    find: 'alarmUnless(ofJourney(named, context), {',
    replace: 'alarmUnless(true, {',
    tests: ['standing/facts.test.js'],
  },
  {
    id: 'B1 any party records a batch',
    file: 'manufacturing/batch.js',
    find: 'alarmUnless(ofQuality(therapy, context), {',
    replace: 'alarmUnless(true, {',
    tests: ['standing/facts.test.js'],
  },
  {
    id: 'B1 any party recalls a batch',
    file: 'manufacturing/recall-batch.js',
    find: 'alarmUnless(ofQuality(therapy, context), {',
    replace: 'alarmUnless(true, {',
    tests: ['standing/facts.test.js'],
  },
  {
    id: 'B1 anybody owns a lot',
    file: 'standing/people.js',
    find: 'return shared === undefined || shared.organisation === actor.organisation;',
    replace: 'return true;',
  },
  {
    id: 'B2 approvals do not wait for alarms',
    file: 'gates/alarms.js',
    find: 'return reasonsOfOpenAlarms(alarmsUpstream(whole, ancestry));',
    replace: 'return [];',
  },
  {
    id: 'B2 every alarm stops a dose',
    file: 'standing/alarms.js',
    find: ".filter(({ claim }) => claim !== 'other')",
    replace: '',
  },
  {
    id: 'B2 no alarm stops a dose',
    file: 'standing/alarms.js',
    find: ".filter(({ claim }) => claim !== 'other')",
    replace: '.filter(() => false)',
  },
  {
    id: 'B2 the pharmacist alone looks at an alarm',
    file: 'standing/alarms.js',
    find: ' || !seen.byPhysician.includes(command)',
    replace: '',
  },
  {
    id: 'B2 the physician alone looks at an alarm',
    file: 'standing/alarms.js',
    find: '!byPharmacist.has(command) || ',
    replace: '',
  },
  {
    id: 'B3 a patient speaks for every therapy',
    file: 'standing/people.js',
    find: 'isPatient(actor) ? actor.id === patient :',
    replace: 'isPatient(actor) ? true :',
  },
];
