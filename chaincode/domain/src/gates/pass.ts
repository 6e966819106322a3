import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Dose } from '../nouns/dose.js';
import type { DosePass } from '../nouns/dose-pass.js';
import { numbersOn } from '../nouns/relabelling.js';
import { effectiveOf } from '../nouns/signed.js';
import { earlier, isBefore, milliseconds } from '../values/time.js';
import { reasonsOfBedside } from './bedside.js';
import { reasonsOfOrder } from './order-line.js';
import { expiryOf } from './product.js';

/** A dose that was given by a pass, as the late entry tells it. */
export interface GivenByPass {
  readonly pass: string;
  /** the checks at the bedside, entered late as well */
  readonly verifications: readonly string[];
  readonly dose: string;
  /** the order line's */
  readonly number: number;
  readonly item: string;
  /** when it was begun, RFC 3339 */
  readonly at: string;
}

/**
 * Why a pass does not stand in the place of an authorisation (A11): it is for another item, label or line, had not begun or was
 * over, was entered in error; the check at the bedside, which it says nothing of, is not there (A6); no physician was among
 * those who made it; or the line or the container was another's (A7).
 */
export function reasonsAgainstPass(whole: WholeTherapy, given: GivenByPass): readonly string[] {
  const pass = whole.passes.get(given.pass);
  if (!pass) return [`no pass ${given.pass}`];
  const { dose, number, item, at } = given;
  const doses = new Map([...whole.doses].filter(([id]) => id !== dose));
  const others = { ...whole, doses };
  const checks = checksBefore(whole, given);
  const stand = [
    ...reasonsOfBedside(others, item, checks, at),
    ...reasonsOfOrder(others, { dose, number, item }, at),
  ];
  const physicians = checks.filter((id) =>
    whole.verifications.get(id)?.by.roles.includes('clinician'),
  );
  return [
    ...reasonsOfPass(pass, endOf(whole, pass), given),
    ...reasonsOfItsLabel(whole, pass),
    ...stand.map(({ code }) => code),
    ...(physicians.length > 0 ? [] : ['no physician at the bedside']),
  ];
}

/** A pass ends with what it is for, also where that turned out since to keep for a shorter time. */
function endOf(whole: WholeTherapy, { coi, item: id, until }: DosePass): string {
  const item = whole.items.get(id);
  if (!item) return until;
  const expires = expiryOf(whole, item, upstreamOf(whole, [{ kind: 'item', coi, id }]));
  return expires === undefined ? until : earlier(until, expires);
}

/** A pass names the label that the item bore: what bears another one since was another thing to whoever checked the pass. */
function reasonsOfItsLabel(whole: WholeTherapy, pass: DosePass): readonly string[] {
  const { id, item, label = item } = pass;
  const thing = whole.items.get(item);
  if (!thing || numbersOn(thing).includes(label)) return [];
  return [`pass ${id} for the label ${label}`];
}

function reasonsOfPass(
  pass: DosePass,
  until: string,
  { number, item, at }: GivenByPass,
): readonly string[] {
  const { id, issued, annulled } = pass;
  const isTooEarly = isBefore(at, issued.time);
  const isTooLate = milliseconds(at) > milliseconds(until);
  return [
    ...(annulled ? [`pass ${id} was entered in error`] : []),
    ...(pass.item === item ? [] : [`pass ${id} for ${pass.item}`]),
    ...(pass.number === number ? [] : [`pass ${id} for line ${pass.number}`]),
    ...(isTooEarly || isTooLate ? [`pass ${id} from ${issued.time} until ${until}`] : []),
  ];
}

/** What was checked after it was begun speaks for nothing. */
function checksBefore(whole: WholeTherapy, { verifications, at }: GivenByPass): readonly string[] {
  return verifications.filter((id) => {
    const check = whole.verifications.get(id);
    return !check || !isBefore(at, effectiveOf(check.by));
  });
}

/** The other doses of which something was given by the same pass. */
export function othersByPass(
  { doses }: Pick<WholeTherapy, 'doses'>,
  { pass, dose }: Pick<GivenByPass, 'pass' | 'dose'>,
): readonly Dose[] {
  return [...doses.values()].filter(
    ({ id, administrations }) =>
      id !== dose &&
      administrations.some(
        ({ pass: by, course, annulled }) => by === pass && course !== 'not-started' && !annulled,
      ),
  );
}
