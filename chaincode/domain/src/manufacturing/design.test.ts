import { describe, expect, test } from '@jest/globals';
import {
  actor,
  ancestry,
  attempt,
  COI,
  command,
  consent,
  context,
  dataset,
  definition,
  design,
  DIGEST,
  report,
  sample,
  step,
  therapy,
} from '../example.fixture.js';
import { type ApproveState, decideApproveDesign } from './approve-design.js';
import { decideSubmitDesign, submitDesign, type SubmitState } from './submit-design.js';
import type { Design } from '../nouns/design.js';

const designer = actor('lab.designer', 'LabMSP', 'designer');
const quality = actor('manufacturer.quality', 'ManufacturerMSP', 'quality');
const process = definition([
  step('ranking'),
  step('design', {
    attestedBy: 'manufacturing:ApproveDesign',
    needs: ['ranking'],
    consents: ['GENOMIC_SEQUENCING'],
    checks: [{ kind: 'conforms', code: 'self-similarity' }],
  }),
]);
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);

describe('a design', () => {
  function submit(rest: Partial<SubmitState> = {}, similar: boolean[] = [true]) {
    const body = submitDesign.body.parse({
      coi: COI,
      design: 'design-1',
      version: 1,
      datasets: ['fastq'],
      ranking: { step: 'ranking', attempt: 1 },
    });
    const results = similar.map((value) => ({ check: 'self-similarity', value }));
    const whole = { therapy: therapy(), definition: process, existing: undefined };
    return decideSubmitDesign(
      { ...whole, datasets: [dataset()], ...rest },
      command(designer.id, body, { annex: { sequence: DIGEST, results: DIGEST } }),
      context(designer, { results: { from: 'annex', content: { results } } }),
    );
  }

  test('is the designer’s, by its sequence’s commitment, and not approved', () => {
    const decision = submit();
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toMatchObject([
      { noun: 'design', commitment: DIGEST, submitted: { actor: designer.id } },
    ]);
    expect(decision.changes[0]).not.toHaveProperty('approved');
  });

  test.each<[string, Partial<SubmitState>, boolean[], string]>([
    ['too similar to the patient’s own proteins', {}, [false], 'RESULT_OUT_OF_LIMITS'],
    ['that nobody screened', {}, [], 'RESULT_OUT_OF_LIMITS'],
    [
      'from data that the ledger does not know',
      { datasets: [undefined] },
      [true],
      'UNKNOWN_DATASET',
    ],
    ['under a name that is taken', { existing: design() }, [true], 'IDENTIFIER_TAKEN'],
  ])('%s deviates', (_name, rest, similar, code) => {
    const decision = submit(rest, similar);
    expect(codes(decision)).toEqual([code]);
    expect(decision.changes[0]).toMatchObject({ noun: 'design', blockers: [{ code }] });
  });
});

describe('the approval of a design', () => {
  const submitted = design();
  Reflect.deleteProperty(submitted, 'approved');
  const ranking = attempt('ranking', { report: report(designer.id) });

  function approve(rest: Partial<ApproveState> = {}, by = quality) {
    const state: ApproveState = {
      therapy: therapy(),
      definition: process,
      design: submitted,
      ranking,
      ancestry: ancestry({ items: [sample()], designs: [submitted], attempts: [ranking] }),
      consents: [consent('given', { purpose: 'GENOMIC_SEQUENCING' })],
      suspects: [],
      ...rest,
    };
    const body = { coi: COI, design: 'design-1' };
    return decideApproveDesign(state, command(by.id, body), context(by));
  }
  const reasons = (decided: ReturnType<typeof approve>) =>
    decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

  test('is the second signature, by another person', () => {
    expect(approve()).toMatchObject({
      decision: 'permitted',
      changes: [{ id: 'design-1', approved: { actor: quality.id } }],
    });
    const both = actor(designer.id, 'LabMSP', 'designer', 'quality');
    expect(reasons(approve({}, both))).toEqual(['SAME_PERSON']);
  });

  const hold = { blockers: [{ kind: 'hold', id: 'hold-1', code: 'regulator' } as const] };
  const stopped: Design = { ...submitted, ...hold };

  test.each<[string, Partial<ApproveState>, string]>([
    ['of what nobody submitted', { design: undefined }, 'UNKNOWN_DESIGN'],
    ['a second time', { design: design() }, 'ALREADY_APPROVED'],
    ['without consent', { consents: [] }, 'CONSENT_NOT_ACTIVE'],
    ['before the ranking', { ranking: undefined }, 'STEP_NOT_DONE'],
    ['while the ranking is on hold', { ranking: { ...ranking, ...hold } }, 'ON_HOLD'],
    ['while the therapy is on hold', { therapy: therapy(hold) }, 'ON_HOLD'],
    [
      'while it is on hold itself',
      { ancestry: ancestry({ items: [sample()], designs: [stopped] }) },
      'ON_HOLD',
    ],
    [
      'on data that leads to no sample',
      { ancestry: ancestry({ designs: [submitted] }) },
      'BROKEN_CHAIN',
    ],
    [
      'on data that the ledger does not hold',
      { ancestry: ancestry({ items: [sample()], missing: ['dataset fastq'] }) },
      'BROKEN_CHAIN',
    ],
  ])('%s is refused', (_name, rest, code) => {
    expect(reasons(approve(rest))).toEqual([code]);
  });
});
