/** What is asked for one purpose. */
export interface PurposeWords {
  readonly name: string;
  readonly question: string;
  /** what a no costs */
  readonly no: string;
  /** what goes on all the same when it is stopped */
  readonly goesOn: string;
  readonly stops: readonly string[];
}

const FREE =
  'If you say no, your care, your place and the speed of your vaccine stay the same. No answer counts as no.';
const VACCINE_GOES_ON = 'Your vaccine and your care go on all the same.';
const CARE_GOES_ON = 'Your other care goes on all the same.';
const NEEDED = 'If you say no, we cannot make this vaccine. Your other care stays the same.';
const VACCINE_STOPS = [
  'From the moment you sign, nothing more is made for you, and no dose is given.',
  'Your doctor talks with you about what comes next.',
];
const stopsNew = (what: string) => [
  `From the moment you sign, ${what}.`,
  'Those who have something of yours already must stop new use.',
];

const extra = (name: string, question: string, stopped: string): PurposeWords => ({
  name,
  question,
  no: FREE,
  goesOn: VACCINE_GOES_ON,
  stops: stopsNew(stopped),
});
const needed = (name: string, question: string): PurposeWords => ({
  name,
  question,
  no: NEEDED,
  goesOn: CARE_GOES_ON,
  stops: VACCINE_STOPS,
});

export const purposesEn: Readonly<Record<string, PurposeWords>> = {
  TREATMENT_MANUFACTURE: needed(
    'Making my vaccine',
    'May we use your samples and data to make your vaccine?',
  ),
  GENOMIC_SEQUENCING: needed(
    'Reading my genes',
    'May the laboratory read the genes in your samples, to make your vaccine?',
  ),
  SHARE_NAMED_PARTY: needed(
    'Sharing with the places that make it',
    'May the places that make your vaccine get what they need of your data?',
  ),
  CROSS_BORDER: needed(
    'Sending to another country',
    'May your samples and data go to the countries below?',
  ),
  OOS_ADMINISTRATION: needed(
    'A vaccine outside its limits',
    'May we give you this vaccine although one test was outside its limits?',
  ),
  RESEARCH: extra(
    'Research',
    'May researchers use your samples and data?',
    'no researcher gets your data from us any more',
  ),
  RECONTACT: extra(
    'Asking me about new studies',
    'May we ask you about new studies later?',
    'nobody asks you about studies any more',
  ),
  COMMERCIAL_USE: extra(
    'Use by companies',
    'May companies use your samples and data for their products?',
    'no company gets your data for its products any more',
  ),
  AI_TRAINING: extra(
    'Training computer programs',
    'May computer programs learn from your data?',
    'no program is given your data to learn from any more',
  ),
  PAYER_OUTCOMES: extra(
    'Telling my insurer how I am',
    'May your insurer be told how you are after the treatment?',
    'your insurer is told nothing more of how you are',
  ),
  INCIDENTAL_FINDINGS: extra(
    'Findings that nobody looked for',
    'Do you want to know if we find something else that matters for your health?',
    'you are told of no such finding any more',
  ),
  SAMPLE_RETENTION: extra(
    'Keeping what is left of my samples',
    'May we keep what is left of your samples?',
    'nothing of your samples is kept that need not be',
  ),
  BIOMETRIC_ID: extra(
    'Knowing me by my face or finger',
    'May we know you by your face or finger at the bedside?',
    'nobody uses your face or finger to know you any more',
  ),
};

export const STAYS_EN = [
  'Results that are finished already.',
  'Data that nobody can link to you any more.',
  'Records that the law keeps for safety: who made your vaccine, from which sample, when.',
];
