import { describe, expect, test } from '@jest/globals';
import type { NamedItem } from '../nouns/named-item.js';
import {
  actor,
  attempt,
  batch,
  COI,
  command,
  context,
  definition,
  design,
  din,
  item,
  NOW,
  OTHER_COI,
  report,
  signed,
  step,
  therapy,
} from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import { type BatchState, decideRecordBatch, recordBatch } from './batch.js';
import { decideRecallBatch } from './recall-batch.js';

const operator = actor('manufacturer.operator', 'ManufacturerMSP', 'operator');
const EXPIRY = '2028-11-22T13:00:00.000Z';
const vial = (serial: number, rest: Partial<ReturnType<typeof item>> = {}): NamedItem => ({
  id: din(serial),
  known: 'own',
  item: item({ id: din(serial), kind: 'vial', ...rest }),
});
const fill = attempt('fill', { report: report(operator.id, { outputs: [1, 2, 5, 6].map(din) }) });
const hour = (from: number) => addMinutes(NOW, from * 60);
const COUNT = { made: 4, sampled: 1, retained: 1, rejected: 0 };

const designing = definition([step('design', { attestedBy: 'manufacturing:ApproveDesign' })]);

/** What is said beside the state. */
interface Said {
  readonly design?: string;
  readonly parentBatch?: string;
  readonly at?: string;
}

function record(
  state: Partial<BatchState> = {},
  reconciliation = COUNT,
  { at = NOW, ...of }: Said = { design: 'design-1' },
) {
  const vials = state.vials ?? [vial(1), vial(2)];
  const body = recordBatch.body.parse({
    coi: COI,
    batch: 'batch-1',
    ...of,
    fill: { step: 'fill', attempt: 1 },
    expiry: EXPIRY,
    vials: vials.map(({ id }) => id),
    reconciliation,
  });
  const whole = {
    ...{ therapy: therapy(), definition: designing, existing: undefined },
    ...{ design: design(), fill, vials },
  };
  const said = command(operator.id, body, { at });
  return decideRecordBatch({ ...whole, ...state }, said, context(operator));
}

const deviated = (decision: ReturnType<typeof record>) =>
  decision.deviations.map(({ code, classification }) => `${code} ${classification}`);

describe('a batch', () => {
  test('is recorded with its vials, which are to be used before it expires', () => {
    const { changes, deviations } = record();
    expect(deviations).toEqual([]);
    expect(changes).toMatchObject([
      { noun: 'batch', id: 'batch-1' },
      { id: din(1), batch: 'batch-1', useBy: EXPIRY },
      { id: din(2), batch: 'batch-1', useBy: EXPIRY },
    ]);
  });

  test('does not make a vial last longer than what it was made of', () => {
    const useBy = '2027-01-01T00:00:00.000Z';
    const { changes } = record({ vials: [vial(1, { useBy }), vial(2)] });
    expect(changes[1]).toMatchObject({ id: din(1), useBy });
  });

  test('does not take over another batch’s vial, whose recall would be lost', () => {
    const decision = record({ vials: [vial(1, { batch: 'batch-0' }), vial(2)] });
    expect(deviated(decision)).toEqual(['VIAL_OF_ANOTHER_BATCH critical']);
    expect(decision.changes).toContainEqual(
      expect.objectContaining({ id: din(1), batch: 'batch-0' }),
    );
  });

  test.each([
    ['too few', { ...COUNT, made: 5 }],
    ['too many', { ...COUNT, made: 3 }],
    ['rejected ones unaccounted for', { ...COUNT, rejected: 1 }],
  ])('whose vials do not add up deviates critically: %s', (_name, reconciliation) => {
    expect(deviated(record({}, reconciliation))).toContain('NOT_RECONCILED critical');
  });

  test('that says one where the fill made four deviates critically', () => {
    const one = { made: 1, sampled: 0, retained: 0, rejected: 0 };
    expect(deviated(record({ vials: [vial(1)] }, one))).toEqual(['UNITS_DIFFER critical']);
  });

  test('of a process without designs is made from none', () => {
    const none = { definition: definition(), design: undefined };
    const decision = record(none, COUNT, {});
    expect(deviated(decision)).toEqual([]);
    expect(decision.changes[0]).not.toHaveProperty('design');
    expect(deviated(record({ definition: definition() }))).toEqual(['UNKNOWN_DESIGN major']);
    expect(deviated(record({ design: undefined }, COUNT, {}))).toEqual([
      'DESIGN_NOT_APPROVED critical',
    ]);
  });

  test('with a vial counted twice deviates critically', () => {
    expect(deviated(record({ vials: [vial(1), vial(1)] }))).toContain('NOT_RECONCILED critical');
  });

  test('with a vial of another filling deviates critically on both', () => {
    const decision = record({ vials: [vial(1), vial(3)] });
    expect(deviated(decision)).toEqual(['NOT_OF_THIS_FILL critical']);
    expect(decision.deviations[0]?.subjects).toHaveLength(2);
  });

  test('none of whose vials was good is a true fact, and is recorded', () => {
    const all = { made: 4, sampled: 0, retained: 0, rejected: 4 };
    const decision = record({ vials: [] }, all);
    expect(deviated(decision)).toEqual([]);
    expect(decision.changes).toMatchObject([{ noun: 'batch', vials: [], reconciliation: all }]);
  });

  test('that was recorded before its vials were filled deviates, and without a fill before its therapy', () => {
    const ordered = { ...signed('hospital.clinician'), at: hour(-2), time: hour(-2) };
    const all = { made: 4, sampled: 0, retained: 0, rejected: 4 };
    const early = (at: string, of = fill) =>
      deviated(
        record({ therapy: therapy({ ordered }), vials: [], fill: of }, all, {
          design: 'design-1',
          at,
        }),
      );
    expect(early(hour(-1))).toEqual(['BEFORE_ITS_SUBJECT major']);
    expect(early(hour(-1), attempt('fill'))).toEqual(['STEP_OUT_OF_ORDER major']);
    expect(early(hour(-3), attempt('fill'))).toContain('BEFORE_ITS_SUBJECT major');
  });

  test('with another patient’s vial deviates here, and is an alarm there: the vial stays what it is', () => {
    const foreign = item({ id: din(1), coi: OTHER_COI });
    const decision = record({ vials: [{ id: din(1), known: 'foreign', item: foreign }, vial(2)] });
    expect(deviated(decision)).toEqual(['FOREIGN_ITEM critical']);
    expect(decision.claims).toEqual([
      { subject: { kind: 'item', coi: OTHER_COI, id: din(1) }, claim: 'identity' },
    ]);
    expect(decision.changes.filter((each) => 'coi' in each && each.coi === OTHER_COI)).toEqual([]);
  });

  test.each([
    ['of no approved design', { design: undefined }, 'DESIGN_NOT_APPROVED critical'],
    ['of a filling that nobody reported', { fill: attempt('fill') }, 'STEP_OUT_OF_ORDER major'],
    ['whose name is taken', { existing: batch() }, 'IDENTIFIER_TAKEN critical'],
  ])('%s deviates', (_name, state, expected) => {
    expect(deviated(record(state))).toContain(expected);
  });

  test('in the place of one that the therapy does not have deviates', () => {
    const said = { design: 'design-1', parentBatch: 'batch-0' };
    expect(deviated(record({}, COUNT, said))).toEqual(['UNKNOWN_BATCH minor']);
    expect(deviated(record({ parent: batch({ id: 'batch-0' }) }, COUNT, said))).toEqual([]);
    const own = { ...said, parentBatch: 'batch-1' };
    expect(deviated(record({ parent: batch() }, COUNT, own))).toEqual(['UNKNOWN_BATCH minor']);
  });

  test('that was recalled before anybody recorded it is recalled from its record on', () => {
    const said = { coi: COI, batch: 'batch-1', reason: 'sterility' as const };
    const by = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');
    const state = { therapy: therapy(), batch: undefined };
    const { changes, deviations } = decideRecallBatch(state, command(by.id, said), context(by));
    expect(deviations).toMatchObject([
      { code: 'UNKNOWN_BATCH', subjects: [{ ref: { kind: 'therapy' } }] },
    ]);
    const early = changes.find((each) => each.noun === 'early-recall');
    expect(early).toMatchObject({ subject: 'batch batch-1', recall: { actor: by.id } });
    const recall = { ...early?.recall };
    expect(record({ early }).changes[0]).toMatchObject({ noun: 'batch', recall });
    const again = decideRecallBatch({ ...state, early }, command(by.id, said), context(by));
    expect(again.changes).toContainEqual({ ...early, recall: { ...recall, saidToo: [recall] } });
    const mistaken = early && { ...early, annulled: signed(by.id) };
    expect(record({ early: mistaken }).changes[0]).not.toHaveProperty('recall');
  });
});
