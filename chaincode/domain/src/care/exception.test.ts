import { describe, expect, test } from '@jest/globals';
import { notificationDue } from '../alerts/notification.js';
import { ofAcceptance, ofException } from '../annulling/exception.js';
import { Things } from '../annulling/things.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  NOW,
  RECIPIENT,
  signed,
} from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { upstreamWithTests } from '../graph/evidence.js';
import { honest, lacking, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { linksOfRelease } from '../manufacturing/release-batch.js';
import { decideCertifyBatch } from '../manufacturing/certify-batch.js';
import { decideReviewBatch } from '../manufacturing/review-batch.js';
import { decideStartStep, linksOf, startStep } from '../manufacturing/start-step.js';
import { mattersOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { Actor } from '../nouns/actor.js';
import type { Exception } from '../nouns/exception.js';
import type { Entity } from '../nouns/registry.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { decideEvaluateException } from '../quality/evaluate-exception.js';
import { decideReportNotification } from '../quality/report-notification.js';
import { addMinutes } from '../values/time.js';
import { decideAcceptException } from './accept-exception.js';
import { authoriseDose, decideAuthoriseDose } from './authorise-dose.js';
import { decideRequestException } from './request-exception.js';

const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
const reviewer = actor('manufacturer.second-reviewer', 'ManufacturerMSP', 'quality');
const body = { coi: COI, exception: 'exception-1' };
const consents = [
  consent('given'),
  { ...consent('given'), id: 'consent-2', purpose: 'OOS_ADMINISTRATION' as const },
];

/** A batch of which one check failed, by a process with an exception; nobody has certified it. */
function failed(check: string, jurisdictions: readonly string[] = ['DE']): Story {
  return honest()
    .by((each) => ({ ...each, outOfSpecification: { jurisdictions, notificationHours: 48 } }))
    .judge('release-tests/1', { [check]: 'fail' })
    .change('batch', 'batch-1', (batch) => lacking(batch, 'certification'));
}
const OUTSIDE = failed('sterility');

type Decided = { readonly decision: string } & (
  | { readonly reasons: readonly { readonly code: string }[] }
  | { readonly changes: readonly Entity[] }
);
const codes = (decided: Decided) =>
  'reasons' in decided ? decided.reasons.map(({ code }) => code) : [decided.decision];
const exceptionIn = (decided: Decided) => {
  const changes = 'changes' in decided ? decided.changes : [];
  const found = changes.find((each): each is Exception => each.noun === 'exception');
  if (!found) throw new Error(`no exception: ${JSON.stringify(decided)}`);
  return found;
};

function request(story = OUTSIDE) {
  const asked = { ...body, batch: 'batch-1' };
  const said = command(physician.id, asked, { annex: { explanation: DIGEST } });
  return decideRequestException({ whole: story.whole() }, said, context(physician));
}

function released(story: Story) {
  const whole = story.whole();
  const links = linksOfRelease(whole, 'batch-1');
  return {
    therapy: whole.therapy,
    whole,
    batch: whole.batches.get('batch-1'),
    ancestry: upstreamOf(whole, links),
    tested: upstreamWithTests(whole, links),
    suspects: [],
  };
}

function evaluate(
  story = OUTSIDE,
  by: Actor = reviewer,
  finding: 'supply' | 'do-not-supply' = 'supply',
) {
  const exception = exceptionIn(request(OUTSIDE));
  const said = command(by.id, { ...body, finding }, { annex: { investigation: DIGEST } });
  return decideEvaluateException({ exception, ...released(story) }, said, context(by));
}

function accept(
  story = OUTSIDE,
  exception: Exception | undefined = exceptionIn(evaluate()),
  known = consents,
) {
  const said = command(physician.id, body, { annex: { explanation: DIGEST } });
  const state = { exception, ...released(story), consents: known, recipient: RECIPIENT };
  return decideAcceptException(state, said, context(physician));
}

const ACCEPTED = exceptionIn(accept());
const supplied = OUTSIDE.with(ACCEPTED);

function authorise(story: Story, known = consents) {
  const whole = story.whole();
  const item = story.find('item', THINGS.dose);
  const asked = authoriseDose.body.parse({
    ...{ coi: COI, dose: 'dose-1', number: 1, item: item.id },
    verifications: ['verification-hospital.nurse', 'verification-hospital.clinician'],
    ...{ fitness: 'go', continueAfterLapse: false },
  });
  return decideAuthoriseDose(
    {
      therapy: whole.therapy,
      whole,
      named: { id: item.id, known: 'own', item },
      ancestry: upstreamOf(whole, [{ kind: 'item', ...own(item.id) }]),
      consents: known,
      recipient: RECIPIENT,
      suspects: [],
    },
    command(physician.id, asked),
    context(physician),
  );
}

/** The lymphodepletion, which waits for a certified batch of cells. */
function deplete(story: Story, known = consents) {
  const [, bag] = CELL_THINGS.bags;
  const body = startStep.body.parse({
    ...{ coi: COI, step: 'lymphodepletion', attempt: 2, inputs: [bag], datasets: [] },
    batch: 'batch-1',
  });
  const here = { holder: { organisation: 'HospitalMSP', actor: physician.id } };
  const there = story.change('item', bag, here);
  const whole = there.whole();
  const inputs = [{ id: bag, known: 'own' as const, item: there.find('item', bag) }];
  const ancestry = upstreamOf(whole, linksOf(body, inputs));
  const { therapy } = whole;
  return decideStartStep(
    { therapy, whole, inputs, ancestry, consents: known, recipient: RECIPIENT, suspects: [] },
    command(physician.id, body),
    context(physician),
  );
}

describe('an out-of-specification exception', () => {
  test('is requested, evaluated and accepted; then the dose is authorised and the batch never certified', () => {
    expect(codes(authorise(OUTSIDE))).toEqual(['BATCH_NOT_RELEASED', 'CHECK_FAILED']);
    expect(codes(authorise(OUTSIDE.with(exceptionIn(evaluate()))))).toContain('CHECK_FAILED');
    expect(codes(authorise(supplied))).toEqual(['permitted']);
    const certify = command(reviewer.id, { coi: COI, batch: 'batch-1' });
    expect(codes(decideCertifyBatch(released(supplied), certify, context(reviewer)))).toContain(
      'CHECK_FAILED',
    );
  });

  test('stands in the place of the certification where the patient is prepared for the cells, with their consent', () => {
    const failing = (check: string) => ({ verdicts: [{ check, verdict: 'fail' as const }] });
    const cells = honestCells()
      .report('vector-copy-test/1', failing('vector-copies'))
      .change('batch', 'batch-1', (batch) => lacking(batch, 'certification'));
    expect(codes(deplete(cells))).toEqual(['BATCH_NOT_RELEASED', 'CHECK_FAILED']);
    const accepted = cells.with(exceptionIn(accept(cells, exceptionIn(evaluate(cells)))));
    expect(codes(deplete(accepted))).toEqual(['permitted']);
    expect(codes(deplete(accepted, [consent('given')]))).toEqual(['CONSENT_NOT_ACTIVE']);
    const worse = accepted.report('rcl-test/1', failing('replication-competent-lentivirus'));
    expect(codes(deplete(worse))).toEqual(['CHECK_FAILED']);
    const next = waitsIn(mattersOf(accepted.without('step', 'lymphodepletion/1'), { consents }));
    expect(next).toMatchObject([{ state: 'due', code: 'lymphodepletion' }]);
  });

  test('stands in the way of no review, which the dose still needs', () => {
    const unreviewed = supplied.change('batch', 'batch-1', (batch) => lacking(batch, 'review'));
    expect(codes(authorise(unreviewed))).toEqual(['NOT_REVIEWED']);
    const review = command(reviewer.id, { coi: COI, batch: 'batch-1' });
    expect(codes(decideReviewBatch(released(unreviewed), review, context(reviewer)))).toEqual([
      'permitted',
    ]);
    const without = OUTSIDE.change('batch', 'batch-1', (batch) => lacking(batch, 'review'));
    expect(codes(decideReviewBatch(released(without), review, context(reviewer)))).toEqual([
      'CHECK_FAILED',
    ]);
  });

  const RECALL = { ...signed('x'), reason: 'sterility' } as const;
  test.each<[string, Story, string]>([
    ['by a process without one', honest(), 'EXCEPTION_NOT_IN_PROCESS'],
    ['in another country', failed('sterility', ['AT']), 'EXCEPTION_NOT_IN_JURISDICTION'],
    [
      'of what is certified',
      OUTSIDE.change('batch', 'batch-1', honest().find('batch', 'batch-1')),
      'ALREADY_CERTIFIED',
    ],
    ['of what is recalled', OUTSIDE.change('batch', 'batch-1', { recall: RECALL }), 'RECALLED'],
    ['of what failed nothing', OUTSIDE.judge('release-tests/1', {}), 'WITHIN_SPECIFICATION'],
    ['under a name that is taken', OUTSIDE.with(ACCEPTED), 'IDENTIFIER_TAKEN'],
  ])('is refused %s', (_name, story, code) => {
    expect(codes(request(story))).toContain(code);
  });

  test('never covers a failed check of identity, whoever signs', () => {
    const other = failed('identity-by-sequencing');
    const evaluated = exceptionIn(evaluate(other));
    expect(evaluated.evaluated?.covered.map(({ code }) => code)).toEqual(['BATCH_NOT_RELEASED']);
    const accepted = exceptionIn(accept(other, evaluated));
    expect(codes(authorise(other.with(accepted)))).toEqual(['CHECK_FAILED']);
  });

  test('is evaluated by nobody who made anything of the batch', () => {
    const tester = actor('manufacturer.tester', 'ManufacturerMSP', 'quality');
    expect(codes(evaluate(OUTSIDE, tester))).toEqual(['MAKER']);
  });

  test('is accepted only where the manufacturer supplies, and the patient has consented', () => {
    const refused = exceptionIn(evaluate(OUTSIDE, reviewer, 'do-not-supply'));
    expect(codes(accept(OUTSIDE, refused))).toEqual(['NOT_EVALUATED']);
    expect(codes(accept(OUTSIDE, exceptionIn(request())))).toEqual(['NOT_EVALUATED']);
    expect(codes(accept(OUTSIDE, exceptionIn(evaluate()), [consent('given')]))).toEqual([
      'CONSENT_NOT_ACTIVE',
    ]);
  });

  test('does not cover what failed after it was evaluated, nor after it was accepted', () => {
    const later = OUTSIDE.judge('release-tests/1', { sterility: 'fail', endotoxin: 'fail' });
    expect(codes(accept(later))).toEqual(['EVALUATION_OUTDATED']);
    expect(codes(authorise(later.with(ACCEPTED)))).toEqual(['CHECK_FAILED']);
  });

  test('ends with the patient’s consent to it', () => {
    expect(codes(authorise(supplied, [consent('given')]))).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('that was requested or accepted in error permits nothing', () => {
    for (const annulling of [ofException, ofAcceptance]) {
      if (annulling === 'never') throw new Error('it is annulled');
      const record = recordOf('care:AcceptException', physician);
      const things = new Things(supplied.entities);
      const { changes = [] } = annulling.undo(record, things, signed('x'));
      expect(codes(authorise(OUTSIDE.with(...changes)))).toContain('CHECK_FAILED');
    }
  });
});

describe('authorities hear of an exception', () => {
  const given = {
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: [],
    authorised: signed(physician.id),
    administrations: [
      { ...signed('hospital.nurse'), item: THINGS.dose, course: 'complete', annex: DIGEST },
    ],
  } as const;
  const owed = supplied.with(given);
  const officer = actor('manufacturer.safety-officer', 'ManufacturerMSP', 'safety-officer');

  function notify(story: Story, hours: number) {
    const at = addMinutes(NOW, hours * 60);
    return decideReportNotification(
      { whole: story.whole() },
      command(officer.id, { ...body, authority: 'pei' }, { at }),
      context(officer, { transactionTime: at }),
    );
  }
  const waiting = (story: Story) =>
    waitsIn(mattersOf(story, { consents })).filter(({ noun }) => noun === 'exception');

  test('within the process’s hours of when something was given', () => {
    expect(notificationDue(supplied.whole(), ACCEPTED)).toBeUndefined();
    expect(notificationDue(owed.whole(), ACCEPTED)).toBe(addMinutes(NOW, 48 * 60));
    expect(exceptionIn(notify(owed, 24)).notified).toMatchObject([
      { authority: 'pei', overdueMinutes: 0 },
    ]);
    expect(exceptionIn(notify(owed, 50)).notified).toMatchObject([{ overdueMinutes: 120 }]);
  });

  test('and who is to tell them is next until they did', () => {
    expect(waiting(owed)).toMatchObject([
      { code: 'NOTIFICATION_OWED', due: addMinutes(NOW, 48 * 60) },
    ]);
    const told = OUTSIDE.with(given, exceptionIn(notify(owed, 24)));
    expect(waiting(told)).toEqual([]);
    expect(waiting(OUTSIDE.with(exceptionIn(request())))).toMatchObject([
      { code: 'EVALUATION_OWED' },
    ]);
    expect(waiting(OUTSIDE.with(exceptionIn(evaluate())))).toMatchObject([
      { code: 'ACCEPTANCE_OWED' },
    ]);
  });

  test('of one that the ledger does not know deviates, and said again it changes nothing', () => {
    const unknown = notify(honest(), 1);
    expect(unknown.deviations.map(({ code }) => code)).toEqual(['UNKNOWN_SUBJECT']);
    const once = OUTSIDE.with(given, exceptionIn(notify(owed, 24)));
    expect(notify(once, 24)).toMatchObject({ effect: 'none', changes: [] });
  });
});
