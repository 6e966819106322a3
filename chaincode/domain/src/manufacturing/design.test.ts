import { describe, expect, test } from '@jest/globals';
import {
  actor,
  attempt,
  COI,
  command,
  consent,
  context,
  dataset,
  definition,
  design,
  DIGEST,
  NOW,
  report,
  signed,
  step,
  therapy,
  NO_USE,
  RECIPIENT,
} from '../example.fixture.js';
import {
  done,
  HOLD,
  honest,
  lacking,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { type ApproveState, decideApproveDesign } from './approve-design.js';
import { addMinutes } from '../values/time.js';
import { decideSubmitDesign, submitDesign, type SubmitState } from './submit-design.js';

const designer = actor('lab.designer', 'LabMSP', 'designer');
const quality = actor('manufacturer.quality', 'ManufacturerMSP', 'quality');
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);

describe('a design', () => {
  const process = definition([
    step('ranking'),
    step('design', {
      attestedBy: 'manufacturing:ApproveDesign',
      needs: ['ranking'],
      checks: [{ kind: 'conforms', code: 'self-similarity', class: 'safety' }],
    }),
  ]);

  function submit(rest: Partial<SubmitState> = {}, similar: boolean[] = [true], at = NOW) {
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
      { ...whole, datasets: [dataset()], ranking: undefined, use: NO_USE, ...rest },
      command(designer.id, body, { at, annex: { sequence: DIGEST, results: DIGEST } }),
      context(designer, { results: { from: 'annex', content: { results } } }),
    );
  }

  test('is the designer’s, by its sequence’s commitment, and not approved', () => {
    const decision = submit();
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toMatchObject([
      {
        noun: 'design',
        commitment: DIGEST,
        submitted: { actor: designer.id },
        verdicts: [{ check: 'self-similarity', verdict: 'pass' }],
      },
    ]);
    expect(decision.changes[0]).not.toHaveProperty('approved');
  });

  test.each<[string, Partial<SubmitState>]>([
    ['its ranking', { ranking: attempt('ranking', { report: report('lab.designer') }) }],
    ['a dataset of its own', { datasets: [dataset()] }],
  ])('dated before %s was reported deviates (F1)', (_name, drawnFrom) => {
    const decision = submit({ datasets: [], ...drawnFrom }, [true], addMinutes(NOW, -5));
    expect(codes(decision)).toEqual(['BEFORE_ITS_SUBJECT']);
    expect(codes(submit({ datasets: [], ...drawnFrom }, [true], addMinutes(NOW, -1)))).toEqual([]);
  });

  test.each<[string, Partial<SubmitState>, boolean[], string]>([
    ['too similar to the patient’s own proteins', {}, [false], 'SAFETY_CHECK_FAILED'],
    ['that nobody screened', {}, [], 'SAFETY_CHECK_MISSING'],
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
  const submitted = honest().change('design', 'design-1', (thing) => lacking(thing, 'approved'));

  function approve(story: Story = submitted, rest: Partial<ApproveState> = {}, by = quality) {
    const whole = story.whole();
    const state: ApproveState = {
      therapy: whole.therapy,
      whole,
      ancestry: upstreamOf(whole, [{ kind: 'design', id: 'design-1' }]),
      consents: [consent('given')],
      recipient: RECIPIENT,
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
    expect(reasons(approve(submitted, {}, both))).toEqual(['SAME_PERSON']);
  });

  test.each<[string, Story, string]>([
    ['a second time', honest(), 'ALREADY_APPROVED'],
    [
      'before the ranking is reported',
      submitted.change('step', 'ranking/1', (thing) => lacking(thing, 'report')),
      'STEP_NOT_DONE',
    ],
    ['while the ranking is on hold', submitted.change('step', 'ranking/1', HOLD), 'ON_HOLD'],
    ['while the therapy is on hold', submitted.change('therapy', COI, HOLD), 'ON_HOLD'],
    ['while it is on hold itself', submitted.change('design', 'design-1', HOLD), 'ON_HOLD'],
    ['while its first sample is on hold', submitted.change('item', THINGS.tumour, HOLD), 'ON_HOLD'],
    ['on data that the ledger does not hold', submitted.without('dataset', 'hla'), 'BROKEN_CHAIN'],
    [
      'on one collection only',
      submitted.change('item', THINGS.secondBlood, {
        collected: { by: 'hospital.collector', occasion: 'visit-1', confirmedBy: 'x' },
      }),
      'COLLECTIONS_NOT_COMPARED',
    ],
    [
      'after a concordance of 0.52, with 0.99 on the same files',
      submitted
        .judge('calling/1', { concordance: 'fail' })
        .with(done('calling/2', 'lab.designer', { inputDatasets: ['tumour-fastq', 'genotype'] })),
      'CHECK_FAILED',
    ],
  ])('%s is refused', (_name, story, code) => {
    expect([...new Set(reasons(approve(story)))]).toEqual([code]);
  });

  test('of what nobody submitted, or without consent, is refused', () => {
    expect(reasons(approve(submitted.without('design', 'design-1')))).toEqual(['UNKNOWN_DESIGN']);
    expect(reasons(approve(submitted, { consents: [] }))).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('on what compromised keys signed is refused', () => {
    const by = { subject: 'step calling/1', actor: designer.id, since: NOW };
    const suspects = [{ ...by, signed: signed(designer.id) }];
    expect(reasons(approve(submitted, { suspects }))).toEqual(['SUSPECT_SIGNATURE']);
  });

  test('of a second version leads on after a first one that quality rejected', () => {
    const blockers = [{ kind: 'rejected', id: 'D1', code: 'SAFETY_CHECK_FAILED' } as const];
    const story = honest()
      .change('design', 'design-1', (thing) => ({ ...lacking(thing, 'approved'), id: 'design-0' }))
      .change('design', 'design-0', { blockers })
      .with(submitted.find('design', 'design-1'));
    expect(reasons(approve(story))).toEqual(['permitted']);
  });
});
