import { reasonsToLook } from '../gates/alarms.js';
import { testsMissing } from '../gates/containers.js';
import { upstreamWithTests } from '../graph/evidence.js';
import { type Link, nameOfAttempt } from '../graph/links.js';
import { makersOf } from '../graph/makers.js';
import { containerKindsOf } from '../graph/process-kinds.js';
import type { Batch } from '../nouns/batch.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { isAnnulled } from '../nouns/subject.js';
import { ofOrganisation } from './asked.js';
import type { Leads } from './leads.js';
import type { Matters } from './matters.js';
import { subjectOfAttempt } from './state-of-things.js';
import type { Wait } from './wait.js';

/** What leads to a batch that is certified: it is filled, recorded, tested, reviewed, certified. */
export function towardsBatch(matters: Matters, course: Leads): readonly Wait[] {
  const batch = course.things.batches().at(-1);
  if (!batch) return towardsFurtherBatch(matters, course);
  return batch.certification ? [] : toRelease(matters, course, batch);
}

/** What leads to a batch besides those that are recorded: the record of a fill, or a new fill. */
export function towardsFurtherBatch(matters: Matters, course: Leads): readonly Wait[] {
  const { definition, batches, therapy } = matters.whole;
  const kinds = containerKindsOf(definition);
  const recorded = new Set(
    [...batches.values()]
      .filter((batch) => !isAnnulled(batch))
      .map(({ fill }) => nameOfAttempt(fill)),
  );
  const fill = definition.steps
    .filter(({ outputs }) => outputs.some((kind) => kinds.has(kind)))
    .flatMap(({ id }) => course.things.done(id))
    .findLast((attempt) => !recorded.has(nameOfAttempt(attempt)));
  if (!fill?.report) return course.makersOf([...kinds]);
  const act = 'manufacturing:RecordBatch';
  const options = ofOrganisation(matters, act, ['operator'], therapy.quality);
  const [subject, since] = [subjectOfAttempt(fill), effectiveOf(fill.report)];
  return [{ state: 'due', noun: 'step', subject, code: 'NO_BATCH', options, since }];
}

function toRelease(matters: Matters, course: Leads, batch: Batch): readonly Wait[] {
  const { whole } = matters;
  const { coi, id, recorded, review } = batch;
  const reasons = course.things.reasonsOfBatch(batch);
  if (reasons.some(({ code }) => code === 'NOT_TESTED')) {
    const tests = testsMissing(whole, batch).flatMap((test) => course.test(test, batch));
    if (tests.length > 0) return tests;
  }
  const vials = batch.vials.map((vial): Link => ({ kind: 'item', coi, id: vial }));
  const tested = upstreamWithTests(whole, [{ kind: 'batch', id }, ...vials]);
  // vials may be on their way while they are judged
  const against = [...reasons, ...reasonsToLook(whole, tested)].filter(
    ({ code, found }) => code !== 'HAND_OFF_NOT_ACCEPTED' || found !== 'pending',
  );
  const since = effectiveOf(review ?? recorded);
  const gate = { noun: 'batch', subject: `batch ${id}`, since } as const;
  if (against.length > 0) return course.against(against, gate);
  const [act, role] = review
    ? (['manufacturing:CertifyBatch', 'release-person'] as const)
    : (['manufacturing:ReviewBatch', 'quality'] as const);
  const step = whole.definition.steps.find(({ attestedBy }) => attestedBy === act);
  return [
    {
      state: 'due',
      ...gate,
      code: step?.id ?? role,
      options: ofOrganisation(matters, act, [role], whole.therapy.quality),
      except: [...makersOf(whole, tested), ...(review ? knownAs(review) : [])],
    },
  ];
}
