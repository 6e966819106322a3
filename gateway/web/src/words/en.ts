import { messagesEn, recordsEn, usesEn } from './own-data-en.js';
import { purposesEn, STAYS_EN } from './purposes-en.js';

const CLOCK_EN =
  'The clock of this phone is wrong. Have the phone set it by itself, then try again.';

/** Everything that the pages say, in English. Another language is one file of the same members. */
export const en = {
  /** left out of a catalogue that a member approved */
  draft: '',
  language: 'English',
  name: 'My vaccine',
  skip: 'Skip to content',
  back: 'Back',
  unwell: 'I feel unwell',
  hide: 'Hide now',
  shortWays: 'Short ways',
  allPages: 'All pages',
  hiddenTitle: 'Notes',
  hiddenText: 'Nothing is shown here.',
  openAgain: 'Open again',
  loading: 'One moment',
  problem: 'There is a problem',
  done: 'Done: ',
  next: 'Next: ',
  about: (date: string) => `about ${date}`,
  /** between two sentences */
  gap: ' ',
  upToDate: (time: string) => `Up to date on ${time}.`,
  offline: (time: string) => `You are off line. This is what we knew on ${time}.`,

  unwellPage: {
    title: 'I feel unwell',
    call: (number: string) => `Call ${number}`,
    callHint: 'a nurse answers, day and night',
    card: 'Call the number on your wallet card. A nurse answers, day and night.',
    say: 'Say: “I am having the personal vaccine.”',
    emergency: (number: string) => `If your life may be in danger, call ${number} first.`,
  },

  welcome: {
    title: 'Start here',
    text: 'Your hospital gave you a code. It connects this phone with your vaccine.',
    enrol: 'I have a code',
    restore: 'I have a backup file',
    wiped:
      'You used this page before, and this phone has forgotten your keys? Phones do that when they are short of space. Your record is safe. Use your backup file, or ask the nurse for a new code.',
  },

  enrol: {
    title: 'Enter your code',
    label: 'Code from your hospital',
    hint: '12 letters and digits, for example 7K3M-9X2Q-4WTZ',
    continue: 'Continue',
    mistyped: 'Check the code. One or more characters differ from what is printed.',
    used: 'That code has been used or has run out. Ask the nurse for a new one.',
    lockTitle: 'Choose how you open this page',
    lockText:
      'You sign with keys that only this phone has. Nobody else can open them, not even your hospital.',
    passkey: 'Use my face, finger or screen lock',
    or: 'Or choose a passphrase',
    passphrase: 'Passphrase',
    passphraseHint: 'At least 15 characters. Four words that you can remember are good.',
    repeat: 'The same passphrase once more',
    different: 'Both must be the same. What you typed is kept.',
    short: 'Use at least 15 characters.',
    make: 'Go on with this passphrase',
    making: 'Making your keys. This takes a few seconds.',
  },

  backup: {
    title: 'Keep a spare of your keys',
    text: 'If this phone is lost or wiped, you can go on with this file on another one. Without it your hospital enters you anew, which takes some days.',
    passphrase: 'Passphrase for the file',
    make: 'Save the file',
    saved: 'The file is saved. Keep it where you find it, apart from this phone.',
    later: 'Not now',
    goOn: 'Continue',
    fileName: 'my-vaccine-keys.json',
  },

  restore: {
    title: 'Use my backup file',
    file: 'Your file',
    hint: 'It is called my-vaccine-keys.json, unless you gave it another name.',
    passphrase: 'Passphrase of the file',
    go: 'Use this file',
    missing: 'Choose the file first.',
    after: 'From now on this passphrase opens this page here.',
  },

  waiting: {
    title: 'Your hospital enters you now',
    text: 'Your keys have reached your hospital. Somebody there signs that you belong to it. You need do nothing.',
    again: 'Look again',
    notSent: 'Your keys have not reached your hospital yet. They are kept on this phone.',
    send: 'Send them again',
    key: 'The number of your key',
    keyText:
      'Show it to whoever enters you at your hospital. Their screen must have the same number: then nobody else’s key is entered for you.',
  },

  ended: {
    title: 'These keys do not count any more',
    notYou: 'You did not ask for that? Call your hospital, or ask the patient advocate.',
  },

  open: {
    title: 'Open my page',
    passkey: 'Open with my face, finger or screen lock',
    passphrase: 'Passphrase',
    go: 'Open',
    opening: 'Opening. This takes a moment.',
    forgotten: 'I cannot open it any more',
    forgottenText:
      'Use your backup file, or ask the nurse for a new code. First this phone must forget the keys that are here. What you signed with them stays valid.',
    forget: 'Forget the keys on this phone',
    unsent:
      'Something that you signed has not been sent yet, and goes with the keys. Open the page once more when you are on line, or tell a nurse.',
  },

  today: {
    title: 'Today',
    whereTitle: 'Where your vaccine is',
    nothingToDo: 'You need do nothing.',
    none: 'Nothing is planned here yet. Your care team will tell you when it begins.',
    over: 'Nothing more is planned here. Your care team talks with you about what comes next.',
    all: 'See every step',
    nowIs: (step: string) => `Now: ${step}`,
    longer: 'This took longer than planned.',
    takesLonger: 'This takes longer than planned.',
    trustTitle: 'Checked by this phone',
    unchecked: 'Signatures not checked here yet',
    trustText:
      'A check of signatures shows who wrote each step and that nobody changed it. It says nothing about how well the vaccine will work.',
    more: 'More',
    choices: 'My choices',
    questions: (count: number) =>
      count === 1 ? '1 question waits, no hurry' : `${count} questions wait, no hurry`,
    backup: 'A spare of my keys',
  },

  roles: {
    clinician: 'your doctor',
    nurse: 'nurses at your hospital',
    coordinator: 'the coordinator',
    collector: 'nurses at your hospital',
    pathologist: 'a pathologist at your hospital',
    courier: 'the courier',
    lab: 'the laboratory',
    designer: 'the designers',
    operator: 'the maker',
    quality: 'the maker’s quality team',
    'release-person': 'a qualified person',
    pharmacist: 'the pharmacy of your hospital',
    patient: 'you',
    payer: 'your insurer',
    'safety-officer': 'the safety team',
    other: 'your care team',
  } as Readonly<Record<string, string>>,

  choices: {
    title: 'My choices',
    open: 'Questions for you',
    openText: 'There is no hurry. No answer counts as no.',
    standing: 'What you said',
    none: 'You have not been asked anything yet.',
    answer: 'Read and answer',
    stop: 'Stop this',
    since: (date: string) => `since ${date}`,
    until: (date: string) => `until ${date}`,
    states: {
      yes: 'Yes',
      no: 'No',
      stopped: 'Stopped by you',
      ended: 'No longer counts',
      checking: 'We are looking into this',
      later: 'Not now',
    },
  },

  question: {
    who: 'Who would get it',
    what: 'What they would get',
    where: 'Where',
    long: 'How long',
    good: 'Good to know',
    anybody: 'The places that the form below names.',
    anything: 'What the form below names.',
    anywhere: 'No country is left out.',
    open: 'Until you stop it.',
    from: (date: string) => `From ${date}.`,
    until: (date: string) => `Until ${date}, or until you stop it.`,
    uses: (count: number) => `At most ${count} times.`,
    stopAnyTime: 'You can stop at any time.',
    read: 'Read the whole form',
    formIs: (title: string, version: string, language: string) =>
      `“${title}”, version ${version}, ${language}.`,
    unread: 'We cannot show you this form here, so nothing can be signed. Ask the nurse for it.',
    otherForm: 'The form that we found is not the one you were asked about. Nothing can be signed.',
    yes: 'Yes, I agree',
    no: 'No',
    each: (number: number, of: number) => `Part ${number} of ${of}`,
    needed: 'Needed for a yes',
    continue: 'Continue',
    continueHint: 'nothing is signed yet',
    notNow: 'Not now',
    unanswered: 'Answer yes or no, or choose “Not now”.',
    talk: 'Talk to somebody first',
    talkNumber: 'You can call, wait, or ask at your next visit.',
    talkNone: 'Ask at your next visit, or call your study nurse.',
    pressed: 'I felt pressed to say yes',
    pressedText: 'Tell the patient advocate, who is not part of your team.',
  },

  sign: {
    title: 'Check your answers, then sign',
    answers: 'Your answers',
    words: 'What you sign',
    yesWords: (question: string) => `“${question}” I say yes.`,
    noWords: (question: string) => `“${question}” I say no.`,
    noBecause:
      'You said no to a part that is needed. As the form stands, that is a no to the whole.',
    change: 'Change my answers',
    passkey: 'Sign with my face, finger or screen lock',
    passphrase: 'Your passphrase, to sign',
    go: 'Sign',
    signing: 'Signing. This takes a moment.',
    withdraw: 'You can stop this later, in as few steps as this took.',
  },

  signed: {
    yes: 'You said yes',
    no: 'You said no',
    stopped: (name: string) => `Stopped: ${name}`,
    at: (time: string) => `You signed on ${time}.`,
    saidOf: (said: string, name: string) => `${said}: ${name}`,
    exactly: 'Exact time (UTC)',
    goesOn: 'Your care goes on as before.',
    nextYes: 'Your care team sees your answer now. You need do nothing.',
    receipt: 'Your receipt',
    what: 'What you signed',
    block: 'Written in block',
    number: 'Number of the record',
    print: 'Print or save the receipt',
    back: 'Back to today',
    mind: 'I have changed my mind',
    mindText: 'Tell a nurse. You will be asked again, and can say yes again at any time.',
  },

  withdraw: {
    title: (name: string) => `Stop: ${name}?`,
    why: 'You need not say why.',
    stops: 'What stops',
    stays: 'What we cannot call back',
    kept: STAYS_EN as readonly string[],
    go: (name: string) => `Stop: ${name}`,
    leave: 'Leave it as it is',
    any: 'Stop something',
    anyText: 'Stop any of these, now, with the keys on this phone.',
    byWord: 'You can also stop by word to any nurse, or by letter. It counts at once.',
  },

  unsent: {
    title: 'Not sent yet',
    text: 'We could not send this yet. It is kept on this phone and goes out when you are on line.',
    retry: 'Send now',
  },

  classes: {
    identity: 'who you are',
    sample: 'your samples',
    genome: 'your gene data',
    manufacturing: 'how your vaccine is made',
    clinical: 'your test results and treatment',
    outcome: 'how you are afterwards',
  } as Readonly<Record<string, string>>,

  uses: usesEn,
  records: recordsEn,
  messages: messagesEn,
  purposes: purposesEn,

  errors: {
    PASSPHRASE_WRONG: 'That passphrase does not open it. Check it and try again.',
    PASSPHRASE_TOO_SHORT: 'Use at least 15 characters.',
    NO_KEYS_HERE:
      'This phone holds no keys any more. Use your backup file, or ask the nurse for a new code.',
    KEYS_HERE:
      'This phone holds keys already. Perhaps another page of yours made them: load this page again.',
    NOT_A_BACKUP: 'This is not a backup file. It is called my-vaccine-keys.json.',
    BACKUP_DAMAGED:
      'This file is damaged and cannot be used. Look for another copy, or ask the nurse for a new code.',
    BACKUP_TOO_NEW: 'This file comes from a newer version of this page. Load the page again.',
    PASSKEY_REFUSED: 'That did not work. Try again, or use your passphrase.',
    PASSKEY_UNKNOWN: 'That does not belong to this page. Use your passphrase.',
    PAGE_NOT_SECURE:
      'This page was opened in a way that is not safe. Use the address on your letter.',
    KEYS_TOO_NEW:
      'Your keys are new. For 72 hours you can say no, and not yes. This protects you if somebody else made them.',
    OTHER_FORM: 'The form has changed since. Read it again, then answer.',
    CLAUSE_UNANSWERED: 'The form has changed since. Read it again, then answer.',
    CLAUSE_DECLINED: 'With these answers nothing is agreed to. You can say no to the whole.',
    TALK_MISSING: 'Before you can say yes, a doctor talks with you about it. You can say no now.',
    TIME_TO_THINK: 'You have more time to think before you can say yes. You can say no now.',
    PATIENT_NOT_ABLE:
      'For now somebody else says yes in your place. You can say no. Ask your care team about it.',
    END_IS_PAST: 'The time of this question is over. Ask the nurse to ask you anew.',
    CONSENT_NOT_OPEN: 'This question is not open any more. Look at your choices.',
    UNKNOWN_CONSENT: 'This question is not open any more. Look at your choices.',
    UNREACHABLE: 'We cannot reach your hospital now. Check that you are on line.',
    RATE_LIMITED: 'That was too often. Wait a minute, then try again.',
    SIGNATURE_INVALID:
      'Your hospital has not entered these keys yet. You can stop by word to any nurse, or by letter. It counts at once.',
    TOKEN_INVALID: 'Your hospital does not know these keys now. Open this page again to see why.',
    TOKEN_NOT_YET_VALID: CLOCK_EN,
    TOKEN_EXPIRED: CLOCK_EN,
    AT_IN_FUTURE: CLOCK_EN,
    ACTOR_REVOKED:
      'This phone’s keys do not count any more. Ask the nurse for a new code. You can still say no.',
    OTHER: 'That did not work. Try again, or call your study nurse.',
  } as Readonly<Record<string, string>>,
};

export type Catalogue = typeof en;
