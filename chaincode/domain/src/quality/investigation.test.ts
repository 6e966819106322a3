import { describe, expect, test } from '@jest/globals';
import type { Annulling } from '../annulling/annulling.js';
import { ofConclusion, ofInvestigation } from '../annulling/investigation.js';
import { Things } from '../annulling/things.js';
import type { PermissionDecision } from '../commands/decision.js';
import { actor, COI, command, context, NOW, signed } from '../example.fixture.js';
import { against } from '../gates/dose-gate.fixture.js';
import { failed, investigation, LATER, retest, TESTER } from '../gates/retest.fixture.js';
import { SECOND_VIAL, secondBatch, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Investigation } from '../nouns/investigation.js';
import type { Role } from '../values/roles.js';
import {
  LAB,
  quality,
  recordOf,
  releasePerson as releaser,
  signAll,
  written as writtenOf,
} from './annul-record.fixture.js';
import { concludeInvestigation, decideConcludeInvestigation } from './conclude-investigation.js';
import { decideOpenInvestigation, openInvestigation } from './open-investigation.js';

const person = (id: string, ...roles: readonly Role[]) => actor(id, 'LabMSP', ...roles);
const reviewer = person('manufacturer.reviewer', 'quality');
const second = person('manufacturer.second', 'quality');
const releasePerson = person('manufacturer.release-person', 'release-person');
const tester = person(TESTER, 'quality');
const PLAN = { items: [THINGS.retainedVial], datasets: [], number: 1, analyst: TESTER };

function open(story: Story, said: object = {}, rest: object = {}): PermissionDecision {
  const whole = story.whole();
  const body = openInvestigation.body.parse({
    coi: COI,
    investigation: 'INV-1',
    step: 'release-tests',
    attempt: 1,
    check: 'sterility',
    phase: 'laboratory',
    retest: PLAN,
    ...said,
  });
  const existing = whole.investigations.find(({ id }) => id === body.investigation);
  const analyst = body.retest?.analyst === TESTER ? tester : undefined;
  const samples = (body.retest?.items ?? []).map((id) => {
    const item = whole.items.get(id);
    return item ? ({ id, known: 'own', item } as const) : ({ id, known: 'never' } as const);
  });
  return decideOpenInvestigation(
    { whole, existing, analyst, samples, ...rest },
    command(reviewer.id, body),
    context(reviewer),
  );
}

function conclude(
  story: Story,
  by = reviewer,
  cause: 'laboratory' | 'process' | 'none' = 'laboratory',
  deciding = LAB,
): PermissionDecision {
  const body = concludeInvestigation.body.parse({ coi: COI, investigation: 'INV-1', cause });
  return decideConcludeInvestigation(
    { whole: story.whole(), deciding },
    command(by.id, body),
    context(by, { transactionTime: LATER, person: by.person }),
  );
}

const codes = (decision: PermissionDecision) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [decision.decision];

function written(decision: PermissionDecision): Investigation {
  if (decision.decision === 'refused') throw new Error(JSON.stringify(decision.reasons));
  const [found] = decision.changes;
  if (found?.noun !== 'investigation') throw new Error('no investigation was written');
  return found;
}

/** The investigation after two people of quality signed its conclusion. */
function concludeByTwo(
  base: Story,
  opened: Investigation,
  cause: 'laboratory' | 'process' | 'none' = 'laboratory',
): Investigation {
  const half = written(conclude(base.with(opened), reviewer, cause));
  return written(conclude(base.with(half), second, cause));
}

/** A failed check with its open investigation and what was planned by it, done. */
const investigated = (check = 'sterility') => {
  const story = failed(check);
  return story.with(written(open(story, { check })), retest());
};

describe('an investigation', () => {
  test('is opened in its laboratory phase, with the retest that is not done yet', () => {
    expect(written(open(failed()))).toEqual({
      noun: 'investigation',
      coi: COI,
      id: 'INV-1',
      step: 'release-tests',
      attempt: 1,
      check: 'sterility',
      phases: [
        {
          ...signed(reviewer.id),
          command: `${'C'.repeat(42)}A`,
          phase: 'laboratory',
          retest: PLAN,
        },
      ],
    });
    expect(codes(open(failed(), { phase: 'full' }))).toEqual(['PHASE_OUT_OF_ORDER']);
  });

  test('is followed by another one once the check is told to have failed again since it ended', () => {
    const ended = failed().with(retest(), investigation());
    const other = { investigation: 'INV-2' };
    expect(codes(open(ended, other))).toEqual(['ALREADY_INVESTIGATED']);
    const again = ended.change('step', 'release-tests/1', (attempt) => ({
      ...attempt,
      repeated: [
        { ...signed(TESTER), time: LATER, verdicts: attempt.report?.verdicts ?? [], lots: [] },
      ],
    }));
    expect(codes(open(again, other))).toEqual(['permitted']);
    const opened = written(open(again, other));
    expect(codes(open(again.with(opened), { investigation: 'INV-3' }))).toEqual([
      'ALREADY_INVESTIGATED',
    ]);
  });

  test('goes on in full, once, and plans anew if it says so', () => {
    const begun = failed().with(written(open(failed())));
    const full = written(open(begun, { phase: 'full', retest: undefined }));
    expect(full.phases.map(({ phase, retest: of }) => [phase, of !== undefined])).toEqual([
      ['laboratory', true],
      ['full', false],
    ]);
    expect(codes(open(begun))).toEqual(['PHASE_OUT_OF_ORDER']);
    expect(codes(open(failed().with(full), { phase: 'full' }))).toEqual(['PHASE_OUT_OF_ORDER']);
  });

  test('is of a check that failed or has no result, in an attempt that was reported', () => {
    expect(codes(open(failed(), { check: 'potency' }))).toEqual(['NOTHING_TO_INVESTIGATE']);
    expect(codes(open(failed(), { check: 'no-such' }))).toEqual(['NOTHING_TO_INVESTIGATE']);
    expect(codes(open(failed(), { attempt: 9 }))).toEqual(['UNKNOWN_ATTEMPT']);
    const missing = failed().judge('release-tests/1', { sterility: 'missing' });
    expect(codes(open(missing))).toEqual(['permitted']);
  });

  test('is one of each failed check, whatever came of it', () => {
    const concluded = failed().with(investigation());
    expect(codes(open(concluded, { investigation: 'INV-2' }))).toEqual(['ALREADY_INVESTIGATED']);
    expect(codes(open(concluded, { phase: 'full' }))).toEqual(['ALREADY_CONCLUDED']);
    const both = failed().judge('release-tests/1', { sterility: 'fail', endotoxin: 'fail' });
    const other = both.with(investigation());
    expect(codes(open(other, { check: 'endotoxin', phase: 'full' }))).toEqual(['IDENTIFIER_TAKEN']);
    const mistaken = failed().with(investigation({}, { annulled: signed(reviewer.id) }));
    expect(codes(open(mistaken, { investigation: 'INV-2' }))).toEqual(['permitted']);
    expect(codes(open(mistaken))).toEqual(['IDENTIFIER_TAKEN']);
  });

  test('plans a retest of samples of what failed, by somebody who does the step', () => {
    const story = failed().with(...secondBatch());
    const plan = (rest: object, analyst = tester) =>
      codes(open(story, { retest: { ...PLAN, ...rest } }, { analyst }));
    expect(plan({ items: [SECOND_VIAL] })).toEqual(['NOT_ITS_SAMPLES']);
    expect(plan({ items: [THINGS.drugSubstance] })).toEqual(['NOT_ITS_SAMPLES']);
    expect(plan({ items: [THINGS.sampleVial, THINGS.retainedVial] })).toEqual(['permitted']);
    expect(plan({ items: [], datasets: ['variants'] })).toEqual(['NOT_ITS_SAMPLES']);
    expect(codes(open(story, { retest: { ...PLAN, analyst: 'nobody' } }))).toEqual(['NO_ANALYST']);
    const gone = { ...tester, revocation: { reason: 'left', at: NOW, by: 'lab.registrar' } };
    for (const analyst of [person(TESTER, 'nurse'), actor(TESTER, 'StrangeMSP', 'quality'), gone])
      expect(plan({}, analyst)).toEqual(['NO_ANALYST']);
  });
});

describe('the conclusion of an investigation', () => {
  test('with a cause in the laboratory lets the retest stand once two people of quality signed', () => {
    const base = failed().with(retest());
    const half = written(conclude(investigated()));
    expect(half.conclusion).toMatchObject({
      cause: 'laboratory',
      missing: [{ organisation: 'LabMSP', roles: ['release-person', 'quality'] }],
      retests: [],
    });
    expect(half.conclusion).not.toHaveProperty('concluded');
    expect(against(base.with(half))).toEqual(['CHECK_FAILED']);
    for (const by of [second, releasePerson]) {
      const ended = written(conclude(base.with(half), by));
      expect(ended.conclusion).toMatchObject({
        missing: [],
        retests: [{ step: 'release-tests', attempt: 2 }],
        concluded: { actor: by.id, time: LATER },
      });
      expect(against(base.with(ended))).toEqual([]);
    }
  });

  test('is refused with that cause where the retest is not what was planned', () => {
    const planned = (...attempts: readonly ReturnType<typeof retest>[]) =>
      codes(conclude(failed().with(written(open(failed())), ...attempts)));
    expect(planned()).toEqual(['RETEST_NOT_AS_PLANNED']);
    expect(planned(retest('release-tests/2', {}, 'manufacturer.other'))).toEqual([
      'RETEST_NOT_AS_PLANNED',
    ]);
    expect(planned(retest(), retest('release-tests/3'))).toEqual(['RETEST_NOT_AS_PLANNED']);
    const verdicts = [{ check: 'sterility', verdict: 'fail' as const }];
    expect(planned(retest('release-tests/2', { verdicts }))).toEqual(['RETEST_NOT_PASSED']);
    const none = failed().with(written(open(failed(), { retest: undefined })), retest());
    expect(codes(conclude(none))).toEqual(['RETEST_NOT_PLANNED']);
  });

  test('tells of each other attempt why it is not the one that was planned', () => {
    const by = retest('release-tests/3', {}, 'manufacturer.other');
    const story = failed().with(
      written(open(failed())),
      retest('release-tests/2', { at: '2026-11-22T12:00:00.000Z' }),
      by,
    );
    expect(conclude(story)).toMatchObject({
      reasons: [
        {
          found: 'release-tests/2 before the plan, release-tests/3 by manufacturer.other',
        },
      ],
    });
  });

  test('with another cause takes the full phase, and the failure stands', () => {
    const story = investigated();
    for (const cause of ['process', 'none'] as const) {
      expect(codes(conclude(story, reviewer, cause))).toEqual(['PHASE_OUT_OF_ORDER']);
      const full = written(open(story, { phase: 'full', retest: undefined }));
      const begun = failed().with(retest(), full);
      expect(codes(conclude(begun, reviewer, cause))).toEqual(['permitted']);
      const ended = concludeByTwo(failed().with(retest()), full, cause);
      expect(ended.conclusion).toMatchObject({ cause, retests: [], missing: [] });
      expect(against(failed().with(retest(), ended))).toEqual(['CHECK_FAILED']);
    }
  });

  test('is signed by nobody who tested, and once', () => {
    expect(codes(conclude(investigated(), tester))).toEqual(['SAME_PERSON']);
    const base = failed().with(retest());
    const half = base.with(written(conclude(investigated())));
    expect(codes(conclude(half))).toEqual(['SAME_PERSON']);
    const ofOne = (by: typeof second) => ({ ...by, person: `${'P'.repeat(42)}A` });
    const first = base.with(written(conclude(investigated(), ofOne(reviewer))));
    expect(codes(conclude(first, ofOne(second)))).toEqual(['SAME_PERSON']);
    const ended = base.with(concludeByTwo(base, written(open(failed()))));
    expect(codes(conclude(ended, releasePerson))).toEqual([
      'ALREADY_CONCLUDED',
      'NOT_ASKED_TO_SIGN',
    ]);
    expect(codes(conclude(failed()))).toEqual(['UNKNOWN_INVESTIGATION']);
    expect(codes(conclude(investigated(), person('lab.nurse', 'nurse')))).toEqual([
      'NOT_ASKED_TO_SIGN',
    ]);
  });

  test('of a check of identity is signed by a release person and a second person of quality', () => {
    const story = investigated('identity-by-sequencing');
    const half = written(conclude(story));
    expect(half.conclusion).toMatchObject({
      missing: [{ organisation: 'LabMSP', roles: ['release-person'] }],
      retests: [],
    });
    const waiting = failed('identity-by-sequencing').with(retest(), half);
    expect(against(waiting)).toEqual(['CHECK_FAILED']);
    expect(codes(conclude(waiting))).toEqual(['SAME_PERSON', 'NOT_ASKED_TO_SIGN']);
    expect(codes(conclude(waiting, second))).toEqual(['NOT_ASKED_TO_SIGN']);
    const bothRoles = person(reviewer.id, 'quality', 'release-person');
    expect(codes(conclude(waiting, bothRoles))).toEqual(['SAME_PERSON']);
    expect(codes(conclude(waiting, releasePerson, 'none'))).toContain('OTHER_CAUSE');
    const whole = written(conclude(waiting, releasePerson));
    expect(whole.conclusion?.missing).toEqual([]);
    expect(against(failed('identity-by-sequencing').with(retest(), whole))).toEqual([]);
  });

  test('is signed by two of quality where nobody releases', () => {
    const none = { ...LAB, grantable: ['quality' as const] };
    expect(
      written(conclude(investigated(), reviewer, 'laboratory', none)).conclusion?.missing,
    ).toEqual([{ organisation: 'LabMSP', roles: ['quality'] }]);
    const story = investigated('identity-by-sequencing');
    const half = written(conclude(story, reviewer, 'laboratory', none));
    expect(half.conclusion?.missing).toEqual([{ organisation: 'LabMSP', roles: ['quality'] }]);
    const waiting = failed('identity-by-sequencing').with(retest(), half);
    expect(codes(conclude(waiting, second, 'laboratory', none))).toEqual(['permitted']);
  });
});

describe('an investigation that was entered in error', () => {
  const by = signed('manufacturer.reviewer');
  const undo = (annulling: Annulling, of: Investigation) =>
    annulling === 'never'
      ? []
      : (annulling.undo(recordOf('quality:OpenInvestigation', reviewer), new Things([of]), by)
          .changes ?? []);

  test('loses its conclusion once two of quality signed that, and is open again', () => {
    const record = recordOf('quality:ConcludeInvestigation', quality);
    const undone = (...people: Parameters<typeof signAll>[0]) =>
      writtenOf(signAll(people, record, [investigation()]), 'investigation');
    expect(undone(quality)).toEqual([]);
    const [reopened] = undone(quality, releaser);
    expect(reopened).not.toHaveProperty('conclusion');
    expect(reopened?.phases).toHaveLength(1);
  });

  test('stands for nothing; without its conclusion it is open again', () => {
    const [ended] = undo(ofConclusion, investigation());
    expect(ended).not.toHaveProperty('conclusion');
    const [mistaken] = undo(ofInvestigation, investigation());
    expect(mistaken).toMatchObject({ phases: [], annulled: by });
    for (const each of [ended, mistaken].flatMap((one) => one ?? []))
      expect(against(failed().with(retest(), each))).toEqual(['CHECK_FAILED']);
  });
});
