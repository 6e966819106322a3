import { resultOf } from './verdicts.js';
import type { Account } from './account.js';
import type { Said } from './said.js';
import { itemOf } from './things.js';

type Report = Said<'manufacturing:ReportStep'>;
type Opened = Said<'quality:OpenInvestigation'>;
type Plan = NonNullable<Opened['body']['retest']>;

/**
 * Whether a retest stands for a check that failed (C1): an investigation into it began in the laboratory, fixed sample, number
 * and analyst before, found a cause there, and was signed by two people of that therapy's quality; a failed check of
 * identity also by a release person (C2).
 */
export function isExplained(
  account: Account,
  report: Report,
  check: string,
  ofIdentity: boolean,
): boolean {
  const { coi, step, attempt } = report.body;
  const opened = account
    .of('quality:OpenInvestigation')
    .filter(({ body }) => body.coi === coi && body.step === step)
    .filter(({ body }) => body.attempt === attempt && body.check === check);
  const last = opened.at(-1);
  if (!last) return false;
  const phases = opened.filter(({ body }) => body.investigation === last.body.investigation);
  const planned = phases.findLast(({ body }) => body.retest !== undefined);
  const signed = account
    .of('quality:ConcludeInvestigation')
    .filter(({ body }) => body.coi === coi && body.investigation === last.body.investigation)
    .filter(({ body, annexes }) => body.cause === 'laboratory' && 'investigation' in annexes);
  const [first] = signed;
  if (phases[0]?.body.phase !== 'laboratory' || !planned?.body.retest || !first) return false;
  const people = new Set(signed.map(({ actor }) => actor));
  const releases = signed.some(({ roles }) => roles.includes('release-person'));
  if (people.size < 2 || (ofIdentity && !releases)) return false;
  const { retest } = planned.body;
  const retests = account
    .of('manufacturing:ReportStep')
    .filter((each) => each.index > planned.index && each.index < first.index)
    .filter(({ body }) => body.coi === coi && body.step === step && body.attempt !== attempt)
    .filter((each) => isAsPlanned(account, each, retest));
  return (
    retests.length === retest.number &&
    retests.every((each) => resultOf(account, each, check) === 'pass')
  );
}

/** By its analyst, on the planned samples and data, or on what came of them. */
function isAsPlanned({ origins }: Account, { actor, body }: Report, plan: Plan): boolean {
  const planned = plan.items.map(itemOf);
  const taken = body.inputs.map(({ item }) => itemOf(item));
  const isPlanned = (thing: string) => {
    const upstream = origins.madeOf.closure([thing]);
    return planned.some((each) => each === thing || upstream.has(each));
  };
  return (
    actor === plan.analyst &&
    taken.length + body.inputDatasets.length > 0 &&
    taken.every(isPlanned) &&
    plan.datasets.every((id) => body.inputDatasets.includes(id))
  );
}
