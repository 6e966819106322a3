import type { Verification } from '../nouns/verification.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { refOf } from '../nouns/reference.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Statement } from '../registry/suspicion.js';
import type { Signed } from '../nouns/signed.js';
import { nameOf } from '../nouns/subject.js';
import type { Batch } from '../nouns/batch.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import type { Exception } from '../nouns/exception.js';
import { type ExpiryChange, isExtension } from '../nouns/expiry-change.js';
import type { Item } from '../nouns/item.js';
import type { Ancestry } from './ancestry.js';
import type { Lot } from '../nouns/lot.js';
import type { OrderLine } from '../nouns/therapy.js';
import type { WholeTherapy } from './whole-therapy.js';

/** What something stands for: an exception for a batch, a decision to go on for a product. */
interface StandsFor {
  readonly batches: readonly Pick<Batch, 'id'>[];
  readonly items: readonly Pick<Item, 'id'>[];
}

/** Every signature that a thing carries: who made it, passed it on, approved it or cleared it. */
export function statementsOf(thing: BlockableEntity): readonly Statement[] {
  const subject = nameOf(refOf(thing));
  return [...ownSignatures(thing), ...(thing.cleared ?? [])].flatMap((signed) =>
    signed ? [{ subject, signed }] : [],
  );
}

function ownSignatures(thing: BlockableEntity): readonly (Signed | undefined)[] {
  switch (thing.noun) {
    case 'therapy':
      return [thing.ordered, ...(thing.migrations ?? [])];
    case 'item':
      return thing.signatures;
    case 'step':
      return [thing.permission, thing.report];
    case 'dataset':
      return [];
    case 'design':
      return [thing.submitted, thing.approved];
    case 'batch':
      return [thing.recorded, thing.review, thing.certification, ...signaturesOfExtensions(thing)];
  }
}

/** Those by which a batch keeps for longer than it was recorded to. */
function signaturesOfExtensions({ expiryChanges = [] }: Batch): readonly Signed[] {
  return expiryChanges
    .filter((each) => each.agreed && !each.annulled && isExtension(each))
    .flatMap(({ signatures }) => signatures);
}

/** Every signature on a change of a batch's expiry. */
export function statementsOfExpiryChange(
  batch: string,
  { signatures }: ExpiryChange,
): readonly Statement[] {
  return signatures.map((signed) => ({ subject: `batch ${batch}`, signed }));
}

/** Every signature that something's ancestry carries. */
export function statementsOfAncestry(ancestry: Ancestry): readonly Statement[] {
  const { items, attempts, datasets, designs, batches, lots } = ancestry;
  return [
    ...[...items, ...attempts, ...datasets, ...designs, ...batches].flatMap(statementsOf),
    ...lots.map(statementOfLot),
  ];
}

function statementOfLot({ id, registered }: Lot): Statement {
  return { subject: `lot ${id}`, signed: registered };
}

/** Every signature that a gate rests on: of the order, of everything upstream, and of what stands in its place (D3). */
export function statementsBehind(
  whole: Pick<WholeTherapy, 'therapy' | 'investigations' | 'exceptions' | 'decisions'>,
  ancestry: Ancestry,
): readonly Statement[] {
  return [
    ...statementsOf(whole.therapy),
    ...statementsOfAncestry(ancestry),
    ...statementsOfDecisions(whole, ancestry),
  ];
}

/** Every signature by which something stands in the place of what a gate asks of these batches and items. */
export function statementsOfDecisions(
  whole: Pick<WholeTherapy, 'investigations' | 'exceptions' | 'decisions'>,
  { batches, items }: StandsFor,
): readonly Statement[] {
  const decided = [...whole.decisions.values()].filter(({ item, agreed, annulled }) => {
    return agreed && !annulled && items.some(({ id }) => id === item);
  });
  return [
    ...statementsOfRetests(whole),
    ...statementsOfExceptions(whole, batches),
    ...decided.flatMap(statementsOfDecision),
  ];
}

/** Every signature that a decision to go on carries. */
export function statementsOfDecision({ id, signatures }: DecisionToGoOn): readonly Statement[] {
  return signatures.map((signed) => ({ subject: `decision ${id}`, signed }));
}

/** Those by which a retest stands for a failed check: of who planned it and who concluded the investigation. */
export function statementsOfRetests({
  investigations,
}: Pick<WholeTherapy, 'investigations'>): readonly Statement[] {
  return investigations
    .filter(({ conclusion }) => conclusion?.concluded && conclusion.cause === 'laboratory')
    .flatMap(({ id, phases, conclusion }) =>
      [...phases, ...(conclusion?.signatures ?? [])].map((signed) => ({
        subject: `investigation ${id}`,
        signed,
      })),
    );
}

/** Every signature by which exceptions stand for something of these batches (A11, D3). */
function statementsOfExceptions(
  { exceptions }: Pick<WholeTherapy, 'exceptions'>,
  batches: readonly Pick<Batch, 'id'>[],
): readonly Statement[] {
  return exceptions
    .filter(({ batch, accepted, annulled }) => {
      return accepted && !annulled && batches.some(({ id }) => id === batch);
    })
    .flatMap(statementsOfException);
}

/** Every signature that an exception carries. */
export function statementsOfException(exception: Exception): readonly Statement[] {
  const { id, requested, evaluated, accepted } = exception;
  return [requested, evaluated, accepted].flatMap((signed) =>
    signed ? [{ subject: `exception ${id}`, signed }] : [],
  );
}

/** The signature of the physician who ordered a line after the therapy was. */
export function statementsOfLine(line: OrderLine | undefined): readonly Statement[] {
  return line?.ordered ? [{ subject: `dose line ${line.dose}`, signed: line.ordered }] : [];
}

/** The signature of one person's check at the bedside. */
export function statementOfVerification({ id, by }: Verification): Statement {
  return { subject: `verification ${id}`, signed: by };
}

/** The signature on a command, whatever it wrote. */
export function statementOfRecord(record: CommandRecord): Statement {
  const { actor, principal, commandId, at, transactionTime } = record;
  const signed = { actor, command: commandId, at, time: transactionTime };
  return {
    subject: `command ${commandId}`,
    signed: principal === undefined ? signed : { ...signed, principal },
  };
}
