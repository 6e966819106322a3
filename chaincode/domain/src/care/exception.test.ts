import { describe, expect, test } from '@jest/globals';
import { givenDose } from '../alerts/given.fixture.js';
import { notificationDue } from '../alerts/notification.js';
import { ofAcceptance, ofException } from '../annulling/exception.js';
import { readerOf } from '../commands/reader.fixture.js';
import { Things } from '../annulling/things.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  namedOwn,
  NOW,
  RECIPIENT,
  signed,
} from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { honest, lacking, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { decideCertifyBatch } from '../manufacturing/certify-batch.js';
import { stateOfRelease } from '../manufacturing/release-batch.fixture.js';
import { decideReviewBatch } from '../manufacturing/review-batch.js';
import { decideStartStep, linksOf, startStep } from '../manufacturing/start-step.js';
import { mattersOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { Actor } from '../nouns/actor.js';
import type { ProcessVersion } from '../nouns/process.js';
import type { Therapy } from '../nouns/therapy.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { decideReportNotification } from '../quality/report-notification.js';
import { addMinutes } from '../values/time.js';
import { authoriseDose, decideAuthoriseDose, readAuthoriseState } from './authorise-dose.js';
import {
  accept,
  ACCEPTED,
  body,
  codes,
  consents,
  evaluate,
  exceptionIn,
  failed,
  OUTSIDE,
  physician,
  request,
  reviewer,
  supplied,
} from './exception.fixture.js';

/** Of the physician's request and acceptance, which the examples give the same command. */
const ofRecord = recordOf('care:AcceptException', physician, {
  commandId: ACCEPTED.accepted?.command ?? '',
});

/** The therapy's process, as its ledger has it published. */
function processOf({ definition }: Story, { process }: Therapy): ProcessVersion {
  return { noun: 'process', ...process, definition, publishedBy: 'x', at: NOW };
}

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
      named: namedOwn(item),
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
    expect(
      codes(decideCertifyBatch(stateOfRelease(supplied), certify, context(reviewer))),
    ).toContain('CHECK_FAILED');
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
    expect(codes(decideReviewBatch(stateOfRelease(unreviewed), review, context(reviewer)))).toEqual(
      ['permitted'],
    );
    const without = OUTSIDE.change('batch', 'batch-1', (batch) => lacking(batch, 'review'));
    expect(codes(decideReviewBatch(stateOfRelease(without), review, context(reviewer)))).toEqual([
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

  test('needs that consent too where its batch was certified in between, and what it covers stands again', () => {
    const certified = supplied.change('batch', 'batch-1', honest().find('batch', 'batch-1'));
    expect(codes(authorise(certified))).toEqual(['permitted']);
    expect(codes(authorise(certified, [consent('given')]))).toEqual(['CONSENT_NOT_ACTIVE']);
    const retested = certified.judge('release-tests/1', {});
    expect(codes(authorise(retested, [consent('given')]))).toEqual(['permitted']);
  });

  test('is of the batch that was evaluated, and of no other that is recorded in its place', () => {
    const recorded = { ...signed('x'), time: addMinutes(NOW, 10) };
    const anew = supplied.change('batch', 'batch-1', { recorded });
    expect(codes(authorise(anew))).toEqual(['BATCH_NOT_RELEASED', 'CHECK_FAILED']);
    const evaluated = OUTSIDE.change('batch', 'batch-1', { recorded });
    expect(codes(accept(evaluated))).toContain('EVALUATION_OUTDATED');
  });

  test('that stolen keys evaluated stands for nothing, until quality confirms it', async () => {
    const evaluated = exceptionIn(evaluate());
    const since = addMinutes(NOW, -60);
    const revocation = { at: NOW, by: 'x', reason: 'key-compromised', compromisedSince: since };
    const stolen: Actor = { ...reviewer, revocation };
    const { evaluated: signature } = evaluated;
    if (!signature) throw new Error('nobody evaluated it');
    const own = { ...signature, command: `${'B'.repeat(42)}A` };
    const story = OUTSIDE.with({ ...ACCEPTED, evaluated: own });
    const published = processOf(story, story.find('therapy', COI));
    const reader = readerOf(...story.entities, published, stolen);
    const asked = { coi: COI, number: 1, item: THINGS.dose, verifications: [] };
    const { suspects } = await readAuthoriseState(reader, asked, 'HospitalMSP');
    expect(suspects).toMatchObject([{ subject: 'exception exception-1', actor: reviewer.id }]);
    expect(codes(accept(OUTSIDE, evaluated, consents, suspects))).toEqual(['SUSPECT_SIGNATURE']);
  });

  test('ends where the process, or the law there, has none any more', () => {
    const without = supplied.by((each) => lacking(each, 'outOfSpecification'));
    expect(codes(authorise(without))).toEqual(['BATCH_NOT_RELEASED', 'CHECK_FAILED']);
    expect(codes(accept(OUTSIDE.by((each) => lacking(each, 'outOfSpecification'))))).toEqual([
      'EXCEPTION_NOT_IN_PROCESS',
    ]);
  });

  test('is neither requested nor accepted once the therapy is halted, and nobody is asked to', () => {
    const blockers = [{ kind: 'halt' as const, id: 'H.1', code: 'THERAPY_HALTED' }];
    const halts = [{ ...signed(physician.id), commitment: DIGEST }];
    const halted = OUTSIDE.change('therapy', COI, { blockers, halts });
    expect(codes(request(halted))).toEqual(['THERAPY_HALTED']);
    expect(codes(accept(halted))).toContain('THERAPY_HALTED');
    for (const each of [request(), evaluate()]) {
      const open = waitsIn(mattersOf(halted.with(exceptionIn(each)), { consents }));
      expect(open.filter(({ noun }) => noun === 'exception')).toEqual([]);
    }
  });

  test('that was requested or accepted in error permits nothing', () => {
    for (const annulling of [ofException, ofAcceptance]) {
      if (annulling === 'never') throw new Error('it is annulled');
      const things = new Things(supplied.entities);
      const { changes = [] } = annulling.undo(ofRecord, things, signed('x'));
      expect(changes).toHaveLength(1);
      expect(codes(authorise(OUTSIDE.with(...changes)))).toContain('CHECK_FAILED');
    }
  });

  test('that was accepted in error has looked at what was given of its batch, however many steps away', () => {
    if (ofAcceptance === 'never') throw new Error('it is annulled');
    const dose = OUTSIDE.find('item', THINGS.dose);
    const [vial, pool] = THINGS.vials;
    const deep = supplied
      .change('item', pool, { parents: [own(vial)] })
      .change('item', dose.id, { parents: [own(pool)] })
      .change('batch', 'batch-1', { vials: [vial] });
    const things = new Things(deep.with(givenDose()).entities);
    const { look = [] } = ofAcceptance.undo(ofRecord, things, signed('x'));
    expect(look).toMatchObject([{ noun: 'item', id: dose.id }]);
  });
});

describe('authorities hear of an exception', () => {
  const owed = supplied.with(givenDose());
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
    const told = OUTSIDE.with(givenDose(), exceptionIn(notify(owed, 24)));
    expect(waiting(told)).toEqual([]);
    const before = OUTSIDE.with(givenDose(), exceptionIn(notify(owed, -24)));
    expect(waiting(before)).toMatchObject([{ code: 'NOTIFICATION_OWED' }]);
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
    const once = OUTSIDE.with(givenDose(), exceptionIn(notify(owed, 24)));
    expect(notify(once, 24)).toMatchObject({ effect: 'none', changes: [] });
  });
});
