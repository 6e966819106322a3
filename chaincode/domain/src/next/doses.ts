import { isDenied } from '../consent/evaluate.js';
import { usesOfDose } from '../gates/consent.js';
import { notOverridden } from '../gates/override.js';
import { distinct } from '../gates/chain.js';
import { reasonsOfContainers } from '../gates/containers.js';
import { decisionsOn, notDecided } from '../gates/decided.js';
import { notExcepted, standingExceptions } from '../gates/exception.js';
import { isIrreversible, wasPermitted } from '../gates/irreversible.js';
import { reasonsOfOrder, remainderOf, standingOn } from '../gates/order-line.js';
import { reasonsOfProduct } from '../gates/product.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Dose } from '../nouns/dose.js';
import type { Item } from '../nouns/item.js';
import { bedsideRolesOf, type Step } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import type { OrderLine, Therapy } from '../nouns/therapy.js';
import { ofOrganisation, ofParties } from './asked.js';
import { latestOf, type Leads, reasonsOfUses, toHandOver } from './leads.js';
import type { Matters } from './matters.js';
import { isLostFor } from './reasons.js';
import { towardsBatch, towardsFurtherBatch } from './towards-batch.js';
import type { Wait } from './wait.js';

/** What leads to the next dose of the order; when all are given, to what became of the patient. */
export function towardsDoses(matters: Matters, course: Leads): readonly Wait[] {
  const { definition, therapy } = matters.whole;
  const giving = definition.steps.find(
    ({ attestedBy }) => attestedBy === 'care:RecordAdministration',
  );
  if (!giving) return [];
  for (const { dose: number } of linesInForce(therapy)) {
    const standing = standingOn(matters.whole, number, matters.at);
    const leading = isTaken(matters, number) ? [] : towards(matters, course, giving, number);
    const waits = [
      ...standing.flatMap((dose) => toGive(matters, course, dose, giving)),
      ...leading,
    ];
    if (waits.length > 0 || standing.length > 0) return waits;
  }
  return [...anewAfterErrors(matters, giving), ...followUp(matters)];
}

/** The lines of an order that something may still be given on, in their order. */
function linesInForce(therapy: Pick<Therapy, 'orderLines'>): readonly OrderLine[] {
  return lastLines(therapy).filter(({ annulled, cancelled }) => !annulled && !cancelled);
}

/** The lines in whose place no other stands, in their order. */
function lastLines({ orderLines }: Pick<Therapy, 'orderLines'>): readonly OrderLine[] {
  const replaced = new Set(orderLines.map(({ replaces }) => replaces));
  return orderLines
    .filter(({ dose }) => !replaced.has(dose))
    .sort((one, other) => one.dose - other.dose);
}

/** What was told to be given, or ordered, and was entered in error is given on a further line, which a physician orders. */
function anewAfterErrors(matters: Matters, step: Step): readonly Wait[] {
  const { whole } = matters;
  const lines = lastLines(whole.therapy).filter(({ cancelled }) => !cancelled);
  return lines.flatMap((line): readonly Wait[] => {
    const told = [...whole.doses.values()]
      .filter(({ number }) => number === line.dose)
      .flatMap(({ administrations }) => administrations.flatMap(({ annulled }) => annulled ?? []));
    const mistaken = line.annulled ? [...told, line.annulled] : told;
    if (mistaken.length === 0 || remainderOf(whole, line) <= 0) return [];
    return [
      {
        state: 'due',
        noun: 'dose-line',
        subject: `dose line ${line.dose}`,
        code: step.id,
        options: ofParties(matters, 'therapy:OrderLine', ['clinician'], matters.hospital),
        since: latestOf(matters, mistaken.map(effectiveOf)),
      },
    ];
  });
}

/** Whether every ordered dose was given, and what became of the patient told where the process asks for it. */
export function isOver(matters: Matters): boolean {
  const { whole, at } = matters;
  const isGiven = (number: number) =>
    isTaken(matters, number) && standingOn(whole, number, at).length === 0;
  return (
    linesInForce(whole.therapy).every(({ dose }) => isGiven(dose)) &&
    (!followingUp(matters) || isFollowedUp(matters))
  );
}

function followingUp({ whole: { definition } }: Matters): Step | undefined {
  return definition.steps.find(({ attestedBy }) => attestedBy === 'care:RecordOutcome');
}

function isFollowedUp({ outcomes }: Matters): boolean {
  return outcomes.some(({ annulled }) => !annulled);
}

function isTaken({ whole, at }: Matters, number: number): boolean {
  return reasonsOfOrder(whole, { dose: '', number, item: '' }, at).some(
    ({ code }) => code === 'ORDER_LINE_TAKEN',
  );
}

/** What was authorised is given as long as nothing has come between that nobody overrode (A7). */
function toGive(matters: Matters, course: Leads, dose: Dose, step: Step): readonly Wait[] {
  const { whole } = matters;
  const { id, number, item, authorised } = dose;
  const thing = whole.items.get(item);
  const against = thing ? stoppedSince(matters, course, thing, dose) : [];
  const holder = thing?.holder.organisation;
  const since = effectiveOf(authorised ?? whole.therapy.ordered);
  if (isLostFor(whole, against)) return towards(matters, course, step, number);
  if (against.length > 0) {
    const at = { noun: 'item', subject: `item ${item}`, since } as const;
    return course.against(against, holder === undefined ? at : { ...at, holder });
  }
  const act = 'care:RecordAdministration';
  const options = ofParties(matters, act, ['clinician', 'nurse'], holder);
  return [{ state: 'due', noun: 'dose', subject: `dose ${id}`, code: step.id, options, since }];
}

function stoppedSince(
  matters: Matters,
  course: Leads,
  item: Item,
  { id, authorised }: Dose,
): readonly Reason[] {
  const { consents, whole, at } = matters;
  const { items } = upstreamOf(whole, [{ kind: 'item', coi: item.coi, id: item.id }]);
  const recipient = { recipient: item.holder.organisation, country: undefined };
  const denied = usesOfDose(whole.definition, recipient, at)
    .filter((use) => consents && isDenied(consents, use))
    .map(({ purpose }) => purpose);
  return distinct([
    ...notOverridden(
      whole,
      // what was decided when it was authorised counts for it
      notDecided(
        whole,
        items,
        [
          ...reasonsOfProductAt(matters, item),
          ...course.things.reasons({ kind: 'item', coi: item.coi, id: item.id }),
        ],
        authorised?.time ?? at,
      ),
      whole.overrides.get(id),
    ),
    ...denied.map((purpose) => ({
      code: 'CONSENT_DENIED' as const,
      subject: `consent ${purpose}`,
      expected: 'given',
    })),
  ]);
}

function towards(matters: Matters, course: Leads, giving: Step, number: number): readonly Wait[] {
  const { whole } = matters;
  const batches = new Set(
    [...course.things.batches(), ...batchesGoneOnWith(matters)].flatMap((batch) =>
      isReleased(whole, batch) ? [batch.id] : [],
    ),
  );
  const wantsBatches = whole.definition.steps.some(
    ({ attestedBy }) => attestedBy === 'manufacturing:CertifyBatch',
  );
  if (wantsBatches && batches.size === 0) return towardsBatch(matters, course);
  const containers = [...whole.items.values()].filter(
    (item) =>
      giving.inputs.includes(item.kind) &&
      (!wantsBatches || isOf(whole.items, item, batches)) &&
      course.things.ofItem(item) !== 'gone' &&
      !isLostFor(whole, reasonsOfProductAt(matters, item)) &&
      isFree(matters, item, number),
  );
  if (containers.length === 0) {
    const last = course.things.batches().at(-1);
    return last && isReleased(whole, last)
      ? towardsFurtherBatch(matters, course)
      : towardsBatch(matters, course);
  }
  // what is prepared already and waits for somebody is not prepared twice
  const prepared = containers.filter((item) => isPrepared(item, whole.definition.steps));
  const heldUp = prepared.filter((item) => course.things.ofItem(item) === 'held-up');
  if (heldUp.length > 0) return course.heldUp(heldUp);
  const ready = containers.filter((item) => course.things.ofItem(item) === 'ready');
  if (ready.length === 0) return course.heldUp(containers);
  const able = ofParties(matters, 'care:AuthoriseDose', ['clinician']);
  const here = ready.filter(({ holder }) =>
    able.some(({ organisation }) => organisation === holder.organisation),
  );
  if (here.length === 0) {
    return ready.map((item) => toHandOver(matters, item, giving.id));
  }
  const first = here.find((item) => prepared.includes(item)) ?? here[0];
  return first ? atTheBedside(matters, course, first, { giving, number }) : [];
}

/** What stands against giving an item and nobody decided on, besides what stands against its chain. */
function reasonsOfProductAt({ whole, at }: Matters, item: Item): readonly Reason[] {
  const { batches, items } = upstreamOf(whole, [{ kind: 'item', coi: item.coi, id: item.id }]);
  const against = notExcepted(whole, batches, [
    ...reasonsOfProduct(whole, item, at),
    ...reasonsOfContainers(whole, item, at),
  ]);
  return notDecided(whole, items, against, at);
}

/** The batches of which something is gone on with, whatever would lose them otherwise. */
function batchesGoneOnWith({ whole, at }: Matters): readonly Batch[] {
  return decisionsOn(whole, [...whole.items.values()], at)
    .filter(({ agreed }) => agreed)
    .flatMap(({ coi, item }) => upstreamOf(whole, [{ kind: 'item', coi, id: item }]).batches);
}

/** Whether a batch is certified, or reviewed and supplied under an exception in the place of that. */
function isReleased(whole: WholeTherapy, { id, certification, review }: Batch): boolean {
  if (certification) return true;
  return review !== undefined && standingExceptions(whole, id).length > 0;
}

/** Whether an item is a container of one of these batches, or was prepared of such. */
function isOf(
  items: ReadonlyMap<string, Item>,
  { batch, parents, producedBy }: Item,
  batches: ReadonlySet<string>,
): boolean {
  if (batch !== undefined) return batches.has(batch);
  if (producedBy) return false;
  return parents.some(({ id }) => {
    const parent = items.get(id);
    return parent !== undefined && isOf(items, parent, batches);
  });
}

function isFree({ whole, at }: Matters, { id }: Item, number: number): boolean {
  const reasons = reasonsOfOrder(whole, { dose: '', number, item: id }, at);
  return reasons.every(({ code }) => code !== 'CONTAINER_TAKEN');
}

function isPrepared({ kind }: Item, steps: readonly Step[]): boolean {
  return preparing(steps)?.outputs.includes(kind) === true;
}

function preparing(steps: readonly Step[]): Step | undefined {
  return steps.find(({ attestedBy }) => attestedBy === 'custody:DeriveItem');
}

/** The product is prepared, verified at the bedside, authorised; or what stands against that. */
function atTheBedside(
  matters: Matters,
  course: Leads,
  item: Item,
  { giving, number }: { readonly giving: Step; readonly number: number },
): readonly Wait[] {
  const { whole, at } = matters;
  const { organisation } = item.holder;
  const since = item.heldSince ?? effectiveOf(item.signatures.at(-1) ?? whole.therapy.ordered);
  const reasons: readonly Reason[] = distinct([
    ...reasonsOfProductAt(matters, item),
    ...reasonsOfUses(matters, [organisation], (recipient) =>
      usesOfDose(whole.definition, recipient, at),
    ),
  ]);
  const gate = { noun: 'item', subject: `item ${item.id}`, since, holder: organisation } as const;
  const waits = course.against(reasons, gate);
  if (waits.length > 0 || isLostFor(whole, reasons)) return waits;
  const { steps } = whole.definition;
  const prepare = preparing(steps);
  if (prepare?.inputs.includes(item.kind) && !prepare.outputs.includes(item.kind)) {
    const act = isToBeAsked(matters, prepare, item)
      ? 'manufacturing:StartStep'
      : 'custody:DeriveItem';
    const options = ofOrganisation(matters, act, prepare.roles, organisation);
    return [{ state: 'due', ...gate, code: prepare.id, options }];
  }
  return [
    {
      state: 'due',
      noun: 'dose-line',
      subject: `dose line ${number}`,
      code: giving.id,
      options: [
        ...ofParties(matters, 'care:VerifyBedside', bedsideRolesOf(whole.definition), organisation),
        ...ofParties(matters, 'care:AuthoriseDose', ['clinician'], organisation),
      ],
      since,
    },
  ];
}

/** Whether nobody was permitted yet, as things are now, to begin what cannot be undone. */
function isToBeAsked({ whole, at }: Matters, step: Step, { id }: Item): boolean {
  const attempts = [...whole.attempts.values()].filter((attempt) => attempt.step === step.id);
  return (
    isIrreversible(step) && !wasPermitted(whole.definition, attempts, id, { began: at, held: at })
  );
}

/** What became of the patient is told once the last dose is given. */
function followUp(matters: Matters): readonly Wait[] {
  const { whole } = matters;
  const step = followingUp(matters);
  if (!step || isFollowedUp(matters)) return [];
  const given = [...whole.doses.values()].flatMap(({ administrations }) => administrations);
  return [
    {
      state: 'due',
      noun: 'outcome',
      subject: `therapy ${whole.therapy.coi}`,
      code: step.id,
      options: ofParties(matters, 'care:RecordOutcome', step.roles),
      since: latestOf(matters, given.map(effectiveOf)),
    },
  ];
}
