import type { Consent } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';
import { signed } from '../example.fixture.js';
import {
  CONSENT_STATES,
  DATA_CLASSES,
  LAWFUL_PURPOSES,
  PURPOSES,
  type DataClass,
} from '../values/words.js';
import type { BasesOfJurisdiction, Objection } from './bases.js';
import type { Grounds } from './decide-use.js';
import type { ResearchPermission, Terms } from './research-terms.js';
import type { AskedUse } from './use.js';
import type { WeighedConsent } from './weighed.js';

const day = (date: string) => `${date}T00:00:00.000Z`;
export const TODAY = day('2026-11-22');

/** Of DUO and MONDO as much as the cases name. */
export const TERMS: Terms = {
  permissions: [
    { code: 'DUO:0000042', parents: [] },
    { code: 'DUO:0000006', parents: ['DUO:0000042'] },
    { code: 'DUO:0000007', parents: ['DUO:0000006'] },
  ],
  modifiers: [
    { code: 'DUO:0000046', parents: [] },
    { code: 'DUO:0000045', parents: [] },
    { code: 'DUO:0000018', parents: ['DUO:0000046', 'DUO:0000045'] },
  ],
  diseases: [
    { code: 'MONDO:0004992', parents: [] },
    { code: 'MONDO:0005015', parents: [] },
    { code: 'MONDO:0005148', parents: ['MONDO:0005015'] },
  ],
  ofDiseases: 'DUO:0000007',
};

const BASES: readonly BasesOfJurisdiction[] = [
  {
    jurisdiction: 'DE',
    bases: [
      {
        ...{ id: 'safety-law', statute: 'a statute on safety', honours: [] },
        ...{ purposes: ['ADVERSE_EVENT_REPORTING'], dataClasses: ['clinical', 'outcome'] },
      },
      {
        ...{ id: 'data-space', statute: 'a statute on secondary use', honours: ['ehds-art-71'] },
        ...{ purposes: ['RESEARCH'], dataClasses: ['genome'] },
      },
    ],
  },
];

export interface Case {
  readonly line: string;
  readonly grounds: Grounds;
  readonly asked: AskedUse;
  /** yes, or every reason in words */
  readonly answer: readonly string[];
}

/** The cases of a table. */
export function casesOf(table: string): readonly Case[] {
  return table
    .trim()
    .split('\n')
    .map((line): Case => {
      const [said = '', asked = '', answer = ''] = line.split('|').map((each) => each.trim());
      return {
        line: line.replaceAll(/ +/g, ' '),
        grounds: groundsOf(said),
        asked: askedOf(asked),
        answer: answer.split('; '),
      };
    });
}

function groundsOf(said: string): Grounds {
  const statements = said === 'nothing' ? [] : said.split('; ');
  return {
    consents: statements.flatMap((each, index) => consentOf(each, index + 1)),
    objections: statements.flatMap((each): readonly Objection[] =>
      each.startsWith('object')
        ? [{ id: 'o', scheme: 'ehds-art-71', withdrawn: each === 'objection-withdrawn' }]
        : [],
    ),
    bases: BASES,
    terms: TERMS,
  };
}

function consentOf(statement: string, place: number): readonly WeighedConsent[] {
  const [word = '', ...rest] = statement.split(' ');
  const state = CONSENT_STATES.find((each) => each === word);
  if (!state) return [];
  const decided = signed('patient-1');
  const id = String(place);
  let consent: WeighedConsent = {
    ...{ noun: 'consent', patient: 'patient-1', purpose: 'RESEARCH', id, state },
    ...{ legalBasis: 'consent', scope: {}, decided },
  };
  const within = (scope: Consent['scope']) => {
    consent = { ...consent, scope: { ...consent.scope, ...scope } };
  };
  for (let words = rest; words.length > 0;) {
    const [key = '', value = '', ...more] = words;
    words = more;
    if (key === 'to') within({ recipients: value.split('+') });
    else if (key === 'in') within({ geography: value.split('+') });
    else if (key === 'of') within({ dataClasses: classesOf(value) });
    else if (key === 'from') within({ validFrom: day(value) });
    else if (key === 'until') within({ validUntil: day(value) });
    else if (key === 'uses') {
      const [used, maxUses] = value.split('/').map(Number);
      within({ maxUses: maxUses ?? 0 });
      consent = { ...consent, used: used ?? 0 };
    } else if (key === 'for') {
      consent = { ...consent, purpose: PURPOSES.find((each) => each === value) ?? 'RESEARCH' };
    } else if (key === 'takes-back') consent = { ...consent, takesBack: [value] };
    else {
      words = value === '' ? more : [value, ...more];
      if (key.startsWith('DUO')) within({ duo: permissionOf(key) });
      else if (key === 'by-stolen-keys') consent = { ...consent, suspect: STOLEN };
      else throw new Error(`${key} says nothing of a consent`);
    }
  }
  return [consent];
}

const STOLEN = {
  subject: 'consent',
  signed: signed('patient-1'),
  actor: 'patient-1',
  since: TODAY,
};

function classesOf(words: string): DataClass[] {
  return DATA_CLASSES.filter((each) => words.split('+').includes(each));
}

function permissionOf(words: string): ResearchPermission {
  const [permission = '', ...more] = words.split('+');
  const diseases = more.filter((each) => each.startsWith('MONDO'));
  const modifiers = more.filter((each) => each.startsWith('DUO'));
  return { permission, modifiers, ...(diseases.length > 0 ? { diseases } : {}) };
}

function askedOf(words: string): AskedUse {
  let asked: AskedUse = {
    ...{ purpose: 'RESEARCH', recipient: 'LabMSP', country: 'DE', dataClasses: [], at: TODAY },
    ...{ basis: 'consent', jurisdiction: 'DE' },
  };
  for (let rest = words.split(' ').filter((each) => each !== ''); rest.length > 0;) {
    const [key = '', value = '', ...more] = rest;
    rest = more;
    if (key === 'to') asked = { ...asked, recipient: value };
    else if (key === 'in') {
      const country = value === 'nowhere-known' ? undefined : value;
      asked = { ...asked, country, jurisdiction: value };
    } else if (key === 'of') asked = { ...asked, dataClasses: classesOf(value) };
    else if (key === 'on') asked = { ...asked, at: day(value) };
    else if (key === 'by') asked = { ...asked, basis: value };
    else {
      rest = value === '' ? more : [value, ...more];
      const purpose = [...PURPOSES, ...LAWFUL_PURPOSES].find((each) => each === key);
      if (purpose) asked = { ...asked, purpose };
      else if (key.startsWith('DUO')) asked = { ...asked, duo: researchOf(key) };
      else throw new Error(`${key} says nothing of a use`);
    }
  }
  return asked;
}

function researchOf(words: string): NonNullable<AskedUse['duo']> {
  const { permission: research, diseases = [], modifiers } = permissionOf(words);
  return { research, diseases, modifiers };
}

/** A reason as the table has it. */
export function inWords({ code, found = '' }: Reason): string {
  const words = found.replaceAll('T00:00:00.000Z', '').replace('out of scope: ', '');
  if (code === 'CONSENT_DENIED') return `no: ${words}`;
  if (code === 'SUSPECT_SIGNATURE') return 'stolen keys';
  if (code === 'BASIS_UNKNOWN') return 'no such basis';
  if (code === 'BASIS_NOT_COVERING') return `not covered: ${words}`;
  return code === 'OBJECTED' ? `objected: ${words}` : words;
}
