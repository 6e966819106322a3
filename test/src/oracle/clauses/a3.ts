import type { Account } from '../account/account.js';
import type { Said } from '../account/said.js';
import { testsOf } from '../account/origins.js';
import { batchOf, designOf, itemOf, stepOf } from '../account/things.js';
import { outcomesOf } from '../account/verdicts.js';
import { containerKinds, fillSteps, releaseTests } from '../definition.js';
import type { Matter } from '../matter.js';
import type { Clause } from './clause.js';
import { kindOf } from './a2.js';

type Batch = Said<'manufacturing:RecordBatch'>;

/** Every container belongs to one batch, of the fill and design that it names, tested, reviewed, certified. */
export const A3: Clause = {
  id: 'A3',
  gates: ['review', 'certification', 'dose'],
  forbids: (matter) => [
    ...noContainer(matter),
    ...containersIn(matter).flatMap((each) => wrongContainer(matter, each)),
  ],
};

/** The containers that the subjects are, or are of, and everything that a batch counts as one. */
function containersIn({ account, therapy, upstream, subjects }: Matter): readonly string[] {
  const kinds = containerKinds(therapy.definition);
  const counted = recordedBatches(account)
    .filter(({ body }) => subjects.includes(batchOf(body.coi, body.batch)))
    .flatMap(({ body }) => body.vials);
  const made = [...upstream]
    .map((thing) => JSON.parse(thing) as [string, string])
    .filter(([of, item]) => of === 'item' && kinds.includes(kindOf({ account }, item) ?? ''))
    .map(([, item]) => item)
    .filter((item) => !isPart(account, item, kinds));
  return [...new Set([...counted, ...made])];
}

/**
 * Whether a container is a part of others, or one with another label, by the word that it was first said to be made by: it
 * belongs where they do.
 */
function isPart(account: Account, item: string, kinds: readonly string[]): boolean {
  return account
    .of('custody:DeriveItem')
    .filter(({ index }) => account.origins.saidAt.get(itemOf(item)) === index)
    .some(
      ({ body }) =>
        body.children.some((child) => child.item === item) &&
        body.parents.length > 0 &&
        body.parents.every((parent) => kinds.includes(kindOf({ account }, parent.item) ?? '')),
    );
}

/** A dose without a container, or a batch that nobody recorded. */
function noContainer(matter: Matter): string[] {
  const { account, gate, subjects } = matter;
  if (gate !== 'dose') {
    const known = account
      .of('manufacturing:RecordBatch')
      .some(({ body }) => subjects.includes(batchOf(body.coi, body.batch)));
    return known ? [] : ['nobody recorded the batch'];
  }
  return containersIn(matter).length === 0 ? ['there is no container'] : [];
}

function wrongContainer(matter: Matter, item: string): string[] {
  const { account, therapy } = matter;
  const batches = recordedBatches(account).filter(
    ({ body }) => body.vials.includes(item) && body.coi === therapy.coi,
  );
  const [batch] = batches;
  if (!batch || batches.length > 1) return [`${item} belongs to ${batches.length} batches`];
  return [
    ...wrongFill(matter, batch, item),
    ...untested(matter, batch),
    ...unreleased(matter, batch),
  ];
}

/** Every batch as it was recorded first. */
function recordedBatches(account: Account): readonly Batch[] {
  const all = account.of('manufacturing:RecordBatch');
  return all.filter(
    ({ body, index }) =>
      !all.some(
        (other) =>
          other.index < index && other.body.batch === body.batch && other.body.coi === body.coi,
      ),
  );
}

function wrongFill({ account, therapy }: Matter, { body }: Batch, item: string): string[] {
  const fills = fillSteps(therapy.definition).map((each) => each.id);
  const filled =
    fills.includes(body.fill.step) &&
    account.origins.madeOf
      .of(itemOf(item))
      .has(stepOf(body.coi, body.fill.step, body.fill.attempt));
  const fill = account.origins.madeOf.closure([
    stepOf(body.coi, body.fill.step, body.fill.attempt),
  ]);
  const designs = [...fill].filter((each) => each.startsWith('["design"'));
  const design = designOf(body.coi, body.design);
  return [
    ...(filled ? [] : [`${item} was not filled by ${body.fill.step} ${body.fill.attempt}`]),
    ...(designs.includes(design) && designs.length === 1
      ? []
      : [`batch ${body.batch} was not made from ${body.design}`]),
  ];
}

/** Release tests that no attempt passed in full on a sample of the batch's fill. */
function untested({ account, therapy }: Matter, batch: Batch): string[] {
  const fill = stepOf(batch.body.coi, batch.body.fill.step, batch.body.fill.attempt);
  const tests = testsOf(account, batch);
  return releaseTests(therapy.definition)
    .filter(
      ({ id }) =>
        !tests.some(
          (test) =>
            test.body.step === id &&
            test.body.inputs.length > 0 &&
            test.body.inputs.every((each) =>
              account.origins.madeOf.of(itemOf(each.item)).has(fill),
            ) &&
            outcomesOf(account, test).every(({ verdict }) => verdict !== 'missing'),
        ),
    )
    .map(({ id }) => `batch ${batch.body.batch} was not tested by ${id}`);
}

function unreleased({ gate, account }: Matter, batch: Batch): string[] {
  const thing = batchOf(batch.body.coi, batch.body.batch);
  const reviews = account
    .of('manufacturing:ReviewBatch')
    .filter(({ body }) => batchOf(body.coi, body.batch) === thing);
  const certifications = account
    .of('manufacturing:CertifyBatch')
    .filter(({ body }) => batchOf(body.coi, body.batch) === thing)
    .filter(({ index }) => reviews.some((each) => each.index < index));
  return [
    ...(gate === 'review' || reviews.length > 0
      ? []
      : [`batch ${batch.body.batch} is not reviewed`]),
    ...(gate !== 'dose' || certifications.length > 0
      ? []
      : [`batch ${batch.body.batch} is not certified`]),
  ];
}
