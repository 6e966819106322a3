import type { Account } from './account/account.js';
import { isDismissed } from './account/dismissed.js';
import { isReliedUpon } from './account/relied.js';
import { isOf, type Said } from './account/said.js';
import type { Therapy } from './account/therapies.js';
import { batchOf, designOf, itemOf, stepOf, type Thing, therapyOf } from './account/things.js';
import { attestedBy, type StepDefinition } from './definition.js';

/** The permissions that are asked of everything upstream. */
export type Gate = 'design' | 'review' | 'certification' | 'dose';

/** Something wrong with a thing, which stops what it reaches. */
export interface Trouble {
  readonly about: Thing;
  readonly why: string;
  /** for a condition: when it may have begun at the earliest, milliseconds; left out, it reaches everything */
  readonly since?: number;
}

/** A permission that is asked for, with all that bears upon it. */
export interface Matter {
  readonly gate: Gate;
  readonly asked: Said;
  readonly account: Account;
  readonly therapy: Therapy;
  /** what the permission is about */
  readonly subjects: readonly Thing[];
  /** the subjects and everything that they were made of */
  readonly upstream: ReadonlySet<Thing>;
  /** the same, and what tested it, and what the patient went through for it */
  readonly whole: ReadonlySet<Thing>;
  /** whether a trouble stops this */
  readonly reaches: (trouble: Trouble) => boolean;
  /** whether it is about anything of this, also about the sample of a test that nobody relies upon */
  readonly touches: (trouble: Trouble) => boolean;
}

/**
 * What is wrong in a word with what it is about, as far as quality has not permitted it, subject by subject; what was said
 * of a thing before anybody made it is looked at when it is made, and what the ledger took for an alarm when that is
 * dismissed.
 */
export function troublesIn(
  { account, therapy }: Pick<Matter, 'account' | 'therapy'>,
  said: Said,
  about: readonly Thing[],
  why: string,
): Trouble[] {
  if (isDismissed(account, therapy.coi, said) || account.saysAgain(said)) return [];
  return account
    .unsettled(said, about)
    .filter((thing) => !account.wasIdentified(said, thing))
    .map((thing) => ({ about: thing, why }));
}

/** Whether a word asks for a dose: now, by a pass or in an emergency. */
export function isAboutDose(
  said: Said,
): said is Said<'care:AuthoriseDose'> | Said<'care:IssuePass'> | Said<'care:OverrideDose'> {
  return (
    isOf(said, 'care:AuthoriseDose') ||
    isOf(said, 'care:IssuePass') ||
    isOf(said, 'care:OverrideDose')
  );
}

/** Which step that cannot be undone a word asks to begin, which asks the gate of the dose first (A10). */
export function irreversibleStep(therapy: Therapy, asked: Said): StepDefinition | undefined {
  if (!isOf(asked, 'manufacturing:StartStep')) return undefined;
  const step = therapy.definition.steps.find(({ id }) => id === asked.body.step);
  return step?.irreversible ? step : undefined;
}

/** The things that a dose, what cannot be undone, or a decision to go on is about. */
export function itemsAsked(asked: Said): readonly string[] {
  if (isOf(asked, 'manufacturing:StartStep')) return asked.body.inputs;
  return isAboutDose(asked) || isOf(asked, 'care:DecideToGoOn') ? [asked.body.item] : [];
}

/** Which gate a word may ask at; undefined for those that ask at none. */
export function gateOf(said: Said): Gate | undefined {
  if (isOf(said, 'manufacturing:ApproveDesign')) return 'design';
  if (isOf(said, 'manufacturing:ReviewBatch')) return 'review';
  if (isOf(said, 'manufacturing:CertifyBatch')) return 'certification';
  if (isOf(said, 'quality:ExtendExpiry')) return 'certification';
  if (isAboutDose(said) || isOf(said, 'care:DecideToGoOn')) return 'dose';
  if (isOf(said, 'manufacturing:StartStep')) return 'dose';
  return undefined;
}

/**
 * The matter that a permission asks of.
 * @param account of everything that was said before
 * @param near whether only what is wrong with the subjects themselves stops them, as it never should
 */
export function matterOf(account: Account, asked: Said, near = false): Matter | undefined {
  const gate = gateOf(asked);
  const coi = coiAsked(asked);
  const therapy = coi === undefined ? undefined : account.therapies.get(coi);
  if (!gate || !therapy) return undefined;
  if (isOf(asked, 'manufacturing:StartStep') && !irreversibleStep(therapy, asked)) return undefined;
  const subjects = subjectsOf(account, asked);
  const { madeOf, restsOn, madeAt } = account.origins;
  const upstream = new Set([...subjects, ...madeOf.closure(subjects)]);
  const undergone = undergoneFor(account, therapy, asked);
  const whole = new Set([...subjects, ...restsOn.closure(subjects), ...undergone]);
  const tests = [...whole].filter((thing) => !upstream.has(thing) && thing.startsWith('["step"'));
  const touches = ({ about, since }: Trouble): boolean => {
    if (about === therapyOf(therapy.coi) || subjects.includes(about)) return true;
    if (near || !whole.has(about)) return false;
    if (since === undefined) return true;
    return [...whole].some(
      (made) => restsOn.of(made).has(about) && (madeAt.get(made) ?? Infinity) >= since,
    );
  };
  const reaches = (trouble: Trouble): boolean => {
    const { about, since } = trouble;
    if (!touches(trouble)) return false;
    const tested = whole.has(about) && !upstream.has(about) && about.startsWith('["item"');
    return !tested || isReliedUpon(account, tests, about, since);
  };
  return { gate, asked, account, therapy, subjects, upstream, whole, reaches, touches };
}

/** The attempts of what the patient goes through before a dose, or before what cannot be undone. */
export function undergoneFor(account: Account, therapy: Therapy, asked: Said): readonly Thing[] {
  const begun = irreversibleStep(therapy, asked);
  const given = attestedBy(therapy.definition, 'care:RecordAdministration');
  const asking = begun ? [begun] : isAboutDose(asked) ? given : [];
  const needs = asking.flatMap((each) => each.needs);
  return account
    .of('manufacturing:ReportStep')
    .filter(({ body }) => body.coi === therapy.coi && needs.includes(body.step))
    .map(({ body }) => stepOf(body.coi, body.step, body.attempt));
}

function subjectsOf(account: Account, asked: Said): readonly Thing[] {
  if (isOf(asked, 'manufacturing:ApproveDesign')) {
    return [designOf(asked.body.coi, asked.body.design)];
  }
  if (isAboutBatch(asked)) {
    const { coi, batch } = asked.body;
    const vials = account
      .of('manufacturing:RecordBatch')
      .filter(({ body }) => body.coi === coi && body.batch === batch)
      .flatMap(({ body }) => body.vials.map(itemOf));
    return [batchOf(coi, batch), ...vials];
  }
  return itemsAsked(asked).map(itemOf);
}

function isAboutBatch(
  asked: Said,
): asked is
  | Said<'manufacturing:ReviewBatch'>
  | Said<'manufacturing:CertifyBatch'>
  | Said<'quality:ExtendExpiry'> {
  return (
    isOf(asked, 'manufacturing:ReviewBatch') ||
    isOf(asked, 'manufacturing:CertifyBatch') ||
    isOf(asked, 'quality:ExtendExpiry')
  );
}

function coiAsked(asked: Said): string | undefined {
  const { body } = asked;
  return typeof body === 'object' && body !== null && 'coi' in body ? String(body.coi) : undefined;
}
