import { describe, expect, test } from '@jest/globals';
import type { NamedItem } from '../nouns/named-item.js';
import {
  actor,
  ancestry,
  attempt,
  batch,
  COI,
  command,
  consent,
  context,
  dataset,
  definition,
  design,
  DIGEST,
  din,
  item,
  NOW,
  OTHER_COI,
  report,
  sample,
  signed,
  step,
  therapy,
  verification,
} from '../example.fixture.js';
import { instantOf, milliseconds } from '../values/time.js';
import type { Administration, Dose } from '../nouns/dose.js';
import { authoriseDose, type AuthoriseState, decideAuthoriseDose } from './authorise-dose.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const DOSE = item({ id: din(9), kind: 'dose', batch: 'batch-1' });
const own = (of = DOSE): NamedItem => ({ id: of.id, known: 'own', item: of });
const process = definition([
  step('template', { checks: [{ kind: 'design-commitment', code: 'sequence' }] }),
  step('administration', { attestedBy: 'care:RecordAdministration', inputs: ['vial', 'dose'] }),
]);
const confirmed = attempt('template', {
  report: report('manufacturer.operator', {
    design: 'design-1',
    verdicts: [{ check: 'sequence', verdict: 'pass' }],
  }),
});
const ready: AuthoriseState = {
  therapy: therapy(),
  definition: process,
  existing: undefined,
  named: own(),
  ancestry: ancestry({
    items: [DOSE, sample()],
    attempts: [confirmed],
    datasets: [dataset()],
    designs: [design()],
    batches: [batch()],
  }),
  consents: [consent('given')],
  verifications: [verification('hospital.nurse'), verification('hospital.clinician')],
  earlier: undefined,
  suspects: [],
};

function ask(rest: Partial<AuthoriseState> = {}, said: object = {}) {
  const body = authoriseDose.body.parse({
    coi: COI,
    dose: 'dose-1',
    number: 1,
    item: din(9),
    verifications: ['verification-1', 'verification-2'],
    fitness: 'go',
    continueAfterLapse: false,
    ...said,
  });
  return decideAuthoriseDose(
    { ...ready, ...rest },
    command(clinician.id, body),
    context(clinician),
  );
}

const codes = (decided: ReturnType<typeof ask>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('a dose', () => {
  test('is authorised when nothing stands against it', () => {
    expect(ask()).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'dose',
          id: 'dose-1',
          number: 1,
          item: din(9),
          authorised: { actor: clinician.id },
        },
        { noun: 'dose-line', number: 1, dose: 'dose-1' },
      ],
    });
  });

  describe('of an order line that another dose was authorised for', () => {
    const given = (course: Administration['course']): Administration => ({
      ...signed('hospital.nurse'),
      item: din(7),
      course,
      annex: DIGEST,
    });
    const first = (courses: readonly Administration['course'][]): Dose => ({
      noun: 'dose',
      coi: COI,
      id: 'dose-0',
      number: 1,
      item: din(7),
      authorised: signed(clinician.id),
      administrations: courses.map(given),
    });
    const after = (dose: Dose, of = item({ id: din(7) })) =>
      ask({ earlier: { id: 'dose-0', dose, item: of } });

    test('is refused, and the reason names the first', () => {
      expect(after(first([]))).toMatchObject({
        reasons: [{ code: 'ORDER_LINE_TAKEN', found: 'dose dose-0' }],
      });
    });

    test.each([[['complete']], [['interrupted']], [['not-started', 'complete']]] as const)(
      'is refused once any of it was given: %p',
      (courses) => {
        expect(codes(after(first(courses)))).toEqual(['ORDER_LINE_TAKEN']);
        expect(codes(after(first(courses), item({ custody: 'disposed' })))).toEqual([
          'ORDER_LINE_TAKEN',
        ]);
      },
    );

    test('is authorised when none of it was given, or the product was lost or wasted', () => {
      expect(codes(after(first(['not-started'])))).toEqual(['permitted']);
      expect(codes(after(first([]), item({ custody: 'disposed' })))).toEqual(['permitted']);
    });
  });

  test('is refused on what compromised keys signed, naming the record', () => {
    const suspect = {
      subject: 'design design-1',
      signed: signed('manufacturer.quality'),
      actor: 'manufacturer.quality',
      since: NOW,
    };
    expect(ask({ suspects: [suspect] })).toMatchObject({
      reasons: [
        {
          code: 'SUSPECT_SIGNATURE',
          subject: 'design design-1',
          found: `command ${DIGEST} by manufacturer.quality, compromised since ${NOW}`,
        },
      ],
    });
  });

  test('draws on a consent with limited uses, until they are used up', () => {
    const limited = consent('given', { scope: { maxUses: 2 } });
    expect(ask({ consents: [{ ...limited, used: 1 }] })).toMatchObject({
      changes: [{}, {}, { noun: 'consent-use', consent: 'consent-1' }],
    });
    const usedUp = [{ ...limited, used: 2, decided: signed('patient-1') }];
    expect(ask({ consents: usedUp })).toMatchObject({
      reasons: [{ code: 'CONSENT_NOT_ACTIVE', found: 'used 2 times' }],
    });
    expect(codes(ask({ consents: usedUp }, { continueAfterLapse: true }))).toEqual(['permitted']);
  });

  test('is not continued on a consent that compromised keys gave', () => {
    const given = consent('given', { decided: signed('patient-1') });
    const suspect = {
      subject: 'consent',
      signed: signed('patient-1'),
      actor: 'patient-1',
      since: NOW,
    };
    expect(codes(ask({ consents: [{ ...given, suspect }] }, { continueAfterLapse: true }))).toEqual(
      ['SUSPECT_SIGNATURE'],
    );
  });

  const existing = {
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 1,
    item: din(9),
    authorised: signed('a'),
    administrations: [],
  } as const;
  const elsewhere = { organisation: 'CourierMSP', actor: 'courier.driver' };
  const foreign = { id: din(9), known: 'foreign', item: { ...DOSE, coi: OTHER_COI } } as const;

  test.each<[string, Partial<AuthoriseState>, object, string]>([
    ['under a name that is taken', { existing }, {}, 'IDENTIFIER_TAKEN'],
    ['that was not ordered', {}, { number: 2 }, 'DOSE_NOT_ORDERED'],
    ['for a patient who is not fit', {}, { fitness: 'no-go' }, 'NOT_FIT'],
    ['that nobody registered', { named: { id: din(9), known: 'never' } }, {}, 'UNKNOWN_ITEM'],
    ['of another patient', { named: foreign }, {}, 'FOREIGN_ITEM'],
    ['that is no product', { named: own({ ...DOSE, kind: 'tumour' }) }, {}, 'WRONG_KIND'],
    ['past its in-use time', { named: own({ ...DOSE, useBy: NOW }) }, {}, 'EXPIRED'],
    [
      'that is not at this hospital',
      { named: own({ ...DOSE, holder: elsewhere }) },
      {},
      'NOT_HOLDER',
    ],
    [
      'that is on its way',
      { named: own({ ...DOSE, custody: 'in-transit' }) },
      {},
      'NOT_IN_CUSTODY',
    ],
    ['that was given', { named: own({ ...DOSE, custody: 'administered' }) }, {}, 'NOT_IN_CUSTODY'],
    [
      'against a refusal',
      { consents: [consent('refused')] },
      { continueAfterLapse: true },
      'CONSENT_DENIED',
    ],
    ['that nobody compared with the patient', { verifications: [undefined] }, {}, 'NOT_VERIFIED'],
    ['of a broken chain', { ancestry: { ...ready.ancestry, datasets: [] } }, {}, 'BROKEN_CHAIN'],
  ])('%s is refused', (_name, rest, said, code) => {
    expect(codes(ask(rest, said))).toContain(code);
  });

  test('past its in-use time is told when that was, and what time it is now', () => {
    expect(ask({ named: own({ ...DOSE, useBy: NOW }) })).toMatchObject({
      reasons: [{ code: 'EXPIRED', expected: `an expiry after ${NOW}`, found: NOW }],
    });
  });

  test('may be used until the last moment of its in-use time', () => {
    const useBy = instantOf(milliseconds(NOW) + 1);
    expect(codes(ask({ named: own({ ...DOSE, useBy }) }))).toEqual(['permitted']);
  });

  test('is refused with every reason against it, each once', () => {
    const blockers = [{ kind: 'hold', id: 'hold-1', code: 'regulator' } as const];
    const twice = [item({ blockers }), item({ blockers })];
    const decision = ask(
      { ancestry: { ...ready.ancestry, items: [...twice, sample()] }, consents: [] },
      { fitness: 'no-go' },
    );
    expect(codes(decision)).toEqual(['NOT_FIT', 'ON_HOLD', 'CONSENT_NOT_ACTIVE']);
  });
});
