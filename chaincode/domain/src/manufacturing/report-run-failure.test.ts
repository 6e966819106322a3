import { describe, expect, test } from '@jest/globals';
import { ofRunFailure } from '../annulling/recall.js';
import { Things } from '../annulling/things.js';
import { actor, COI, command, context, DIGEST, signed } from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import type { EarlyRecall } from '../nouns/early-recall.js';
import type { Run, RunFailure } from '../nouns/run.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import type { RunFailureReason } from '../values/words.js';
import { decideDisposition } from './record-disposition.js';
import { decideRegisterRun, registerRun } from './register-run.js';
import {
  decideReportRunFailure,
  earlyFailureOfRun,
  reportRunFailure,
} from './report-run-failure.js';

const lab = actor('lab.head', 'LabMSP', 'lab');
const reviewer = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');
const run: Run = honest().find('run', 'run-1');
const scope = { kind: 'run', id: run.id } as const;
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);

function report(
  reason: RunFailureReason,
  existing: Run | 'none' = run,
  rest: { readonly perMille?: number; readonly early?: readonly EarlyRecall[] } = {},
) {
  const { perMille, early = [] } = rest;
  const body = { run: run.id, reason, ...(perMille === undefined ? {} : { perMille }) };
  return decideReportRunFailure(
    { existing: existing === 'none' ? undefined : existing, early },
    command(lab.id, body),
    context(lab, { scope }),
  );
}

function failuresIn({ changes }: ReturnType<typeof report>): readonly RunFailure[] {
  return changes.flatMap((each) => (each.noun === 'run' ? (each.failures ?? []) : []));
}

describe('what is found of a run as a whole', () => {
  test('stands in the run’s record alone, beside what was found before', () => {
    const first = report('controls-failed');
    expect(first.changes).toHaveLength(1);
    expect(first.deviations).toEqual([]);
    expect(failuresIn(first)).toMatchObject([{ actor: lab.id, reason: 'controls-failed' }]);
    const failures = [...failuresIn(first)];
    const second = report('index-hopping', { ...run, failures }, { perMille: 12 });
    expect(failuresIn(second)).toMatchObject([
      { reason: 'controls-failed' },
      { reason: 'index-hopping', perMille: 12 },
    ]);
  });

  test('stands once, unless more was measured or the first was an error', () => {
    const at = (perMille: number, rest: Partial<RunFailure> = {}): Run => ({
      ...run,
      failures: [{ ...signed('lab.head'), reason: 'index-hopping', perMille, ...rest }],
    });
    for (const perMille of [12, 11])
      expect(failuresIn(report('index-hopping', at(12), { perMille }))).toMatchObject([
        { actor: 'lab.head', perMille: 12, saidToo: [{ actor: lab.id, perMille }] },
      ]);
    expect(failuresIn(report('index-hopping', at(12), { perMille: 13 }))).toHaveLength(2);
    const mistaken = at(12, { annulled: signed('a') });
    expect(failuresIn(report('index-hopping', mistaken, { perMille: 12 }))).toHaveLength(2);
    expect(failuresIn(report('controls-failed', at(12)))).toHaveLength(2);
  });

  test('has a rate where it is index hopping, and there alone', () => {
    const { body } = reportRunFailure;
    const valid = (rest: object) => body.safeParse({ run: 'run-1', ...rest }).success;
    expect(valid({ reason: 'index-hopping', perMille: 12 })).toBe(true);
    expect(valid({ reason: 'index-hopping' })).toBe(false);
    expect(valid({ reason: 'controls-failed', perMille: 12 })).toBe(false);
    expect(valid({ reason: 'sample-sheet-mixed' })).toBe(true);
  });

  test('may be said by whoever may register it', () => {
    expect(reportRunFailure.roles).toEqual(expect.arrayContaining([...registerRun.roles]));
  });

  test('before it is registered counts from its registration by the same organisation on', () => {
    const measured = { reason: 'index-hopping', perMille: 12 } as const;
    const told = report('index-hopping', 'none', { perMille: 12 });
    expect(codes(told)).toEqual(['UNKNOWN_RUN']);
    expect(told.claims).toEqual([{ subject: scope, claim: 'other' }]);
    expect(report('sample-sheet-mixed', 'none').claims).toMatchObject([{ claim: 'identity' }]);
    const early = told.changes.find((each) => each.noun === 'early-recall');
    expect(early).toMatchObject(earlyFailureOfRun('run-1', measured, 'LabMSP'));
    if (early?.noun !== 'early-recall') throw new Error('not kept');
    const register = (...before: EarlyRecall[]) =>
      decideRegisterRun(
        { existing: undefined, early: before },
        command(lab.id, { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' }),
        context(lab, { scope }),
      ).changes[0];
    expect(register(early)).toMatchObject({
      noun: 'run',
      failures: [{ reason: 'index-hopping', perMille: 12, counted: { actor: lab.id } }],
    });
    expect(register({ ...early, annulled: signed('a') })).not.toHaveProperty('failures');
    expect(register()).not.toHaveProperty('failures');
    const again = (perMille: number) =>
      report('index-hopping', 'none', { perMille, early: [early] }).changes.flatMap((each) =>
        each.noun === 'early-recall' ? [each] : [],
      );
    for (const perMille of [12, 11]) {
      const [kept] = again(perMille);
      expect(kept).toMatchObject({
        ...{ subject: early.subject, recall: { perMille: 12, saidToo: [{ perMille }] } },
      });
      expect(kept && register(kept)).toMatchObject({
        failures: [{ perMille: 12, saidToo: [{ perMille, counted: { actor: lab.id } }] }],
      });
    }
    // more was measured before anybody registered it: both stand, though either was an error
    const [higher] = again(13);
    if (!higher) throw new Error('not kept');
    expect(higher.subject).not.toBe(early.subject);
    expect(register(early, higher)).toMatchObject({
      failures: [{ perMille: 12 }, { perMille: 13 }],
    });
  });

  test('before it was registered by another counts beside what that one found', () => {
    const reason = 'sample-sheet-mixed' as const;
    const recall = { ...signed('lab.head'), reason };
    const kept = { ...earlyFailureOfRun('run-1', { reason }, 'LabMSP'), recall };
    const first: RunFailure = {
      ...signed('a'),
      command: `${'O'.repeat(42)}A`,
      reason: 'controls-failed',
    };
    const register = (failures: RunFailure[]) =>
      decideRegisterRun(
        {
          existing: { ...run, annulled: signed('a'), failures },
          early: [{ noun: 'early-recall', ...kept }],
        },
        command(lab.id, { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' }),
        context(lab, { scope }),
      ).changes[0];
    expect(register([first])).toMatchObject({ failures: [first, { reason }] });
    const mistaken = { ...recall, annulled: signed('b') };
    expect(register([mistaken])).toMatchObject({ failures: [mistaken] });
  });

  test('outlasts that its registration was entered in error', () => {
    const told = report('controls-failed', { ...run, annulled: signed('a') });
    expect(codes(told)).toEqual(['UNKNOWN_RUN']);
    expect(told.claims).toEqual([]);
    const [existing] = told.changes;
    const again = decideRegisterRun(
      { existing: existing?.noun === 'run' ? existing : undefined, early: [] },
      command(lab.id, { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' }),
      context(lab, { scope }),
    );
    expect(again.changes).toMatchObject([{ failures: [{ reason: 'controls-failed' }] }]);
    expect(again.changes[0]).not.toHaveProperty('annulled');
  });

  test('by mistake stays in its record as annulled, and what was found besides as it is', () => {
    const by = signed('lab.quality');
    const other = { ...signed('lab.head'), command: `${'O'.repeat(42)}A`, reason: 'index-hopping' };
    const failures: RunFailure[] = [
      { ...signed('lab.head'), reason: 'controls-failed' },
      { ...other, reason: 'index-hopping', perMille: 3 },
    ];
    const undone = (commandId: string) =>
      typeof ofRunFailure === 'object'
        ? ofRunFailure.undo(
            { ...recordOf('manufacturing:ReportRunFailure', lab, { scope }), commandId },
            new Things([{ ...run, failures }]),
            by,
          ).changes
        : [];
    expect(undone(DIGEST)).toEqual([
      { ...run, failures: [{ ...failures[0], annulled: by }, failures[1]] },
    ]);
    expect(undone(`${'X'.repeat(42)}A`)).toEqual([]);
  });
});

describe('a disposition of what was found of a run', () => {
  const subject = { kind: 'step', coi: COI, id: 'sequencing', attempt: 1 } as const;
  const dispose = (
    reason: RunFailureReason,
    decision: 'permit-use' | 'reject' = 'permit-use',
    annex: Record<string, string> = { investigation: DIGEST },
  ) => {
    const failures = [{ ...signed('lab.head'), command: `${'H'.repeat(42)}A`, reason }];
    const story = honest().change('run', 'run-1', { failures });
    const whole = story.whole();
    const id = `R.${'H'.repeat(42)}A`;
    const deviation = whole.deviations.get(id);
    const attempt = story.find('step', 'sequencing/1');
    const thing = {
      ...attempt,
      blockers: [{ kind: 'deviation' as const, id, code: deviation?.code ?? '' }],
    };
    return decideDisposition(
      { deviation, thing, whole },
      { ...command(reviewer.id, { coi: COI, deviation: id, subject, decision }), annex },
      context(reviewer),
    );
  };
  const refused = (decision: ReturnType<typeof dispose>) =>
    decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

  test('permits index hopping with an investigation, and the attempt’s own record says so', () => {
    const permitted = dispose('index-hopping');
    expect(permitted).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'deviation',
          subjects: [{ ref: subject, disposition: { decision: 'permit-use' } }],
        },
        { noun: 'step', blockers: [], cleared: [{ actor: reviewer.id }] },
      ],
    });
    expect(refused(dispose('index-hopping', 'permit-use', {}))).toEqual(['INVESTIGATION_MISSING']);
    expect(dispose('index-hopping', 'reject')).toMatchObject({
      changes: [{}, { blockers: [{ kind: 'rejected', code: 'INDEX_HOPPING' }] }],
    });
  });

  test('permits neither samples that were mixed up nor a run whose controls failed', () => {
    expect(refused(dispose('sample-sheet-mixed'))).toEqual([
      'ALREADY_DISPOSED',
      'IDENTITY_NOT_BY_DISPOSITION',
    ]);
    expect(refused(dispose('controls-failed'))).toEqual(['ALREADY_DISPOSED']);
  });
});
