import { describe, expect, test } from '@jest/globals';
import type { NamedItem } from '../custody/resolve.js';
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
import { instantOf, milliseconds } from '../time.js';
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

const codes = (decision: ReturnType<typeof ask>) =>
  decision.outcome === 'refused' ? decision.reasons.map(({ code }) => code) : [decision.outcome];

describe('a dose', () => {
  test('is authorised when nothing stands against it', () => {
    expect(ask()).toMatchObject({
      outcome: 'permitted',
      changes: [
        {
          noun: 'dose',
          id: 'dose-1',
          number: 1,
          item: din(9),
          authorised: { actor: clinician.id },
        },
      ],
    });
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
