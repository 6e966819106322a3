const times = (count: number, what: string) => `${count} ${count === 1 ? 'time' : 'times'} ${what}`;

function notPlanned(count: number): string {
  if (count === 0) return 'All that was allowed was planned for your treatment.';
  return `${count} ${count === 1 ? 'was' : 'were'} not planned for your treatment.`;
}

/** What the list of uses says. */
export const usesEn = {
  title: 'Who used my data',
  none: 'Nobody has used your samples or data yet.',
  counts: (since: string, allowed: number, refused: number, unplanned: number) =>
    `Since ${since}: ${times(allowed, 'allowed')}, ${times(refused, 'refused')}. ${notPlanned(unplanned)}`,
  show: 'Show',
  filters: { all: 'All', refused: 'Refused', unplanned: 'Not planned' },
  states: {
    planned: 'Allowed, planned',
    unasked: 'Done without asking first',
    refused: 'Refused',
    emergency: 'Allowed in an emergency',
    inspection: 'Allowed by law',
    report: 'Allowed by law',
  },
  titles: {
    planned: 'A step of your treatment',
    unasked: 'A step of your treatment',
    refused: 'Somebody asked for your samples or data',
    emergency: 'A doctor of another place opened your record',
    inspection: 'Inspectors saw your record',
    report: 'A report that the law asks for was sent',
  },
  shownTo: (authority: string) => `Inspectors of ${authority} saw your record`,
  times: (count: number) => `${count} times that day`,
  touched: (classes: string) => `Used: ${classes}.`,
  agreed: (purposes: string) => `You said yes: ${purposes}.`,
  agreedOn: (purposes: string, date: string) => `You said yes on ${date}: ${purposes}.`,
  gotNothing: (purposes: string) => `You have not said yes: ${purposes}. They got nothing.`,
  because: {
    unasked:
      'Whoever does this must ask this record first, which looks at what you said. Here that was not done. It is looked into.',
    emergency:
      'In an emergency any doctor here may look for a short time. Somebody else checks afterwards whether that was right.',
    inspection:
      'The law lets authorities see how vaccines are made. Your choices do not change this.',
    report: 'The law asks for such reports. Your choices do not change this.',
  },
  whatTitle: 'What this list shows',
  what: 'Every time somebody asked this record for your samples or data, or used them: yes or no, and why. What people of these places read for their work, or see at your bedside, is not in it.',
  end: 'This is the end of the list.',
  save: 'Save the list as a file',
  fileName: 'who-used-my-data.json',
  change: 'Change or stop something',
};

/** What the page of own records says. */
export const recordsEn = {
  title: 'My records',
  text: 'Here is what this record has of you, to read and to print.',
  begun: (date: string) => `Treatment that began on ${date}`,
  number: 'Its number',
  read: 'Read or print it',
  open: 'Open the page',
  until: (time: string) => `until ${time}`,
  rightsTitle: 'Something is wrong here?',
  rights:
    'You may ask your hospital to correct it, to tell you more, or to erase what the law lets it erase. Ask at your next visit, or call.',
};

/** What the page of messages says. */
export const messagesEn = {
  title: 'Messages',
  none: 'There is no message yet.',
  nothingNew: 'Nothing has changed since you last looked.',
  fresh: 'New since you last looked',
  earlier: 'Earlier',
  kinds: { done: 'Done', question: 'A question, no hurry', use: 'Your data' },
  end: 'This is the end of the list.',
  count: (count: number) => `${count} new`,
};
