import type { Account } from '../account/account.js';
import { exceptionFor } from '../account/exceptions.js';
import type { Said } from '../account/said.js';
import { batchOf, designOf, itemOf, stepOf } from '../account/things.js';
import { containerKinds, fillSteps } from '../definition.js';
import type { Matter } from '../matter.js';
import type { Clause } from './clause.js';
import { kindOf } from './a2.js';
import { unnamed, untested } from './a3-tests.js';

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
    ...unnamed(matter, batch),
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
  return [
    ...(filled ? [] : [`${item} was not filled by ${body.fill.step} ${body.fill.attempt}`]),
    ...(isOfItsDesign(account, body)
      ? []
      : [`batch ${body.batch} was not made from ${body.design ?? 'no design'}`]),
  ];
}

/** Whether a batch's fill was made from the design that its record names, and from no other; from none where it names none. */
function isOfItsDesign(account: Account, { coi, design, fill }: Batch['body']): boolean {
  const upstream = account.origins.madeOf.closure([stepOf(coi, fill.step, fill.attempt)]);
  const designs = [...upstream].filter((each) => each.startsWith('["design"'));
  return design === undefined
    ? designs.length === 0
    : designs.length === 1 && designs.includes(designOf(coi, design));
}

function unreleased({ gate, account, therapy }: Matter, batch: Batch): string[] {
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
    ...(gate !== 'dose' || certifications.length > 0 || exceptionFor(account, therapy, thing)
      ? []
      : [`batch ${batch.body.batch} is not certified`]),
  ];
}
