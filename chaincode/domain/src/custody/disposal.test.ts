import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  consent,
  context,
  item,
  NOW,
  signed,
  therapy,
} from '../example.fixture.js';
import type { Item } from '../nouns/item.js';
import type { Therapy } from '../nouns/therapy.js';
import { addMinutes } from '../values/time.js';
import type { DisposalBasis, DisposalDecision, DisposalMethod } from '../values/words.js';
import {
  decideDecideDisposal,
  decideDisposal,
  type DecideDisposalState,
} from './decide-disposal.js';
import { decideDispose, disposeItem } from './dispose.js';
import { decideWitnessDisposal, witnessDisposal } from './witness-disposal.js';

const DAY = 24 * 60;
const quality = actor('lab.quality', 'LabMSP', 'quality');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const other = actor('hospital.nurse-2', 'HospitalMSP', 'nurse');
const HALTED = therapy({ halts: [{ ...signed('hospital.clinician'), commitment: 'c' }] });
const own = (of: Item) => ({ id: of.id, known: 'own', item: of }) as const;

function decide(
  decision: DisposalDecision,
  basis: DisposalBasis,
  state: Partial<DecideDisposalState> = {},
) {
  const body = decideDisposal.body.parse({ coi: COI, item: item().id, decision, basis });
  return decideDecideDisposal(
    {
      therapy: HALTED,
      definition: {},
      named: own(item()),
      consents: [],
      keeper: { recipient: 'HospitalMSP', country: undefined },
      ...state,
    },
    command(quality.id, body),
    context(quality),
  );
}

const codes = (decided: ReturnType<typeof decide>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [];

function decidedItem(decision: DisposalDecision, basis: DisposalBasis): Item {
  const decided = decide(decision, basis);
  const [changed] = decided.decision === 'permitted' ? decided.changes : [];
  if (changed?.noun !== 'item') throw new Error('the item is not decided on');
  return changed;
}

function dispose(of: Item, method: DisposalMethod, days = 0, held: Therapy = HALTED) {
  const at = addMinutes(NOW, days * DAY);
  const body = disposeItem.body.parse({ coi: COI, item: of.id, method, reason: 'halted' });
  return decideDispose(
    { named: own(of), therapy: held, decided: undefined },
    { ...command(nurse.id, body), at },
    context(nurse, { transactionTime: at }),
  );
}

const deviations = (decision: ReturnType<typeof dispose>) =>
  decision.deviations.map(({ code }) => code);

describe('what becomes of a thing of a halted therapy', () => {
  test('is decided on a basis that carries it', () => {
    const all: readonly (readonly [DisposalDecision, DisposalBasis])[] = [
      ['destroy', 'purpose-ended'],
      ['return', 'patients-wish'],
      ['retain', 'required-traceability'],
    ];
    for (const [decision, basis] of all) expect(codes(decide(decision, basis))).toEqual([]);
    expect(codes(decide('destroy', 'required-traceability'))).toEqual(['BASIS_NOT_OPEN']);
    expect(codes(decide('retain', 'purpose-ended'))).toEqual(['BASIS_NOT_OPEN']);
    expect(codes(decide('return', 'inspection'))).toEqual(['BASIS_NOT_OPEN']);
  });

  test('is its keeping by consent only where the patient agreed to that', () => {
    expect(codes(decide('retain', 'sample-retention-consent'))).toEqual(['CONSENT_NOT_ACTIVE']);
    const consents = [consent('given', { purpose: 'SAMPLE_RETENTION' })];
    expect(codes(decide('retain', 'sample-retention-consent', { consents }))).toEqual([]);
  });

  test('is decided of nothing that goes on, is gone or is unknown', () => {
    const asked = (state: Partial<DecideDisposalState>) =>
      codes(decide('destroy', 'purpose-ended', state));
    expect(asked({ therapy: therapy() })).toEqual(['NOT_HALTED']);
    expect(asked({ named: own(item({ custody: 'consumed' })) })).toEqual(['NOT_IN_CUSTODY']);
    expect(asked({ named: { id: item().id, known: 'never' } })).toEqual(['UNKNOWN_ITEM']);
    expect(asked({ named: { ...own(item()), known: 'foreign' } })).toEqual(['FOREIGN_ITEM']);
  });
});

describe('a thing is destroyed', () => {
  const toDestroy = decidedItem('destroy', 'purpose-ended');

  test('after fourteen days, or as soon as the patient says so', () => {
    expect(deviations(dispose(toDestroy, 'incinerated', 13))).toEqual(['DISPOSAL_TOO_EARLY']);
    expect(deviations(dispose(toDestroy, 'incinerated', 14))).toEqual([]);
    const now = (when: 'now' | 'after-waiting') => ({
      ...HALTED,
      destruction: { ...signed('patient-1'), when },
    });
    expect(deviations(dispose(toDestroy, 'incinerated', 1, now('now')))).toEqual([]);
    expect(deviations(dispose(toDestroy, 'incinerated', 1, now('after-waiting')))).toEqual([
      'DISPOSAL_TOO_EARLY',
    ]);
  });

  test('as quality decided: otherwise it is recorded all the same, and deviates', () => {
    expect(deviations(dispose(item(), 'incinerated', 14))).toEqual(['DISPOSAL_NOT_DECIDED']);
    expect(deviations(dispose(toDestroy, 'returned-to-patient', 14))).toEqual([
      'DISPOSAL_NOT_AS_DECIDED',
    ]);
    const kept = decidedItem('retain', 'inspection');
    expect(deviations(dispose(kept, 'transferred-to-archive'))).toEqual([]);
    const { changes } = dispose(item(), 'incinerated');
    expect(changes).toContainEqual(expect.objectContaining({ custody: 'disposed' }));
  });

  test('in a therapy that goes on without anybody’s decision', () => {
    expect(deviations(dispose(item(), 'incinerated', 0, therapy()))).toEqual([]);
  });

  test('before a witness, who is another person', () => {
    const disposed = { ...signed(nurse.id), method: 'incinerated', reason: 'halted' };
    const gone = item({ custody: 'disposed', disposed });
    const witness = (by: typeof nurse, of = gone) =>
      decideWitnessDisposal(
        { named: own(of), therapy: HALTED },
        command(by.id, witnessDisposal.body.parse({ coi: COI, item: of.id, evidence: 'seen' })),
        context(by),
      );
    expect(deviations(witness(nurse))).toEqual(['SAME_PERSON']);
    expect(deviations(witness(other, item()))).toEqual(['NOT_DISPOSED']);
    const { changes, deviations: none } = witness(other);
    expect(none).toEqual([]);
    expect(changes).toMatchObject([{ disposed: { witnessed: { actor: other.id } } }]);
  });
});
