import {
  type BlockableEntity,
  type Entity,
  type EntityOf,
  nameOf,
  type Noun,
  refOf,
} from '@veinledger/domain';
import type { MemorySubmitter } from '../support/memory.js';

/** The steps whose results say something of what they were done on, all of them here of one origin. */
const TESTS = new Set(['genotyping', 'calling', 'ranking', 'release-tests']);

/** The checks of identity and safety, whose failure no disposition makes good. */
const NEVER_BY_RISK = new Set([
  'concordance',
  'contamination',
  'second-collection-concordance',
  'identity-by-sequencing',
  'endotoxin',
  'sterility',
]);

/**
 * The dose's interlock as the design tells it, written a second time and another way: it looks through
 * everything that the state holds instead of following links, and names the first condition that fails.
 */
export function firstObstacle(
  submitter: MemorySubmitter,
  coi: string,
  doseItem: string,
): string | undefined {
  const all = <N extends Noun>(noun: N): readonly EntityOf<N>[] => submitter.all(noun);
  const of = <T extends Entity & { coi: string }>(things: readonly T[]) =>
    things.filter((thing) => thing.coi === coi);
  const items = all('item');
  const find = (id: string) => items.find((each) => each.id === id);

  const chain = new Set<string>();
  const climb = (id: string): void => {
    if (chain.has(id)) return;
    chain.add(id);
    for (const parent of find(id)?.parents ?? []) climb(parent.id);
  };
  climb(doseItem);
  const batch = of(all('batch')).find((each) => each.vials.some((vial) => chain.has(vial)));
  if (!batch) return 'no batch';
  if (!batch.review || !batch.certification) return 'not released';
  if (batch.recall) return 'recalled';
  const design = of(all('design')).find((each) => each.id === batch.design);
  if (!design?.approved) return 'no approved design';
  const datasets = of(all('dataset')).filter((each) => design.datasets.includes(each.id));
  if (datasets.length !== design.datasets.length) return 'a dataset is missing';
  const steps = of(all('step'));
  const analysed = ['sequencing', 'extraction', 'pathology', 'calling', 'ranking'];
  for (const each of steps.filter(
    ({ step, attempt }) => analysed.includes(step) && attempt === 1,
  )) {
    for (const input of each.report?.inputs ?? []) climb(input.id);
  }
  const template = steps.find(({ step }) => step === 'template');
  if (!template?.report?.verdicts.every(({ verdict }) => verdict === 'pass'))
    return 'sequence not confirmed';
  const tested = steps.filter(({ step, report }) => report && TESTS.has(step));
  const failed = tested.find(({ report }) =>
    report?.verdicts.some(({ check, verdict }) => verdict !== 'pass' && NEVER_BY_RISK.has(check)),
  );
  if (failed) return `${failed.step}/${failed.attempt} failed`;
  const doubted = tested.find(({ blockers }) => blockers.length > 0);
  if (doubted) return `${doubted.step}/${doubted.attempt} is in doubt`;
  const madeOf = (id: string): readonly (string | undefined)[] => [
    ...items
      .filter((each) => chain.has(each.id) && each.parents.some((parent) => parent.id === id))
      .map(({ signatures }) => signatures[0]?.time),
    ...steps
      .filter(
        ({ step, attempt, report }) =>
          (attempt === 1 || step === 'release-tests') &&
          report?.inputs.some((each) => each.id === id),
      )
      .map(({ report }) => report?.time),
  ];
  const stands = (each: EntityOf<'item'> | undefined) =>
    each?.blockers.every((blocker) => each.id !== doseItem && cameAfter(blocker, madeOf(each.id)));
  const samples = tested
    .filter(({ step }) => step === 'release-tests')
    .flatMap(({ report }) => report?.inputs ?? []);
  if (!samples.some(({ id }) => stands(find(id)))) return 'no sample stands';
  const used = of(all('dose')).find(({ item, number }) => item === doseItem || number === 1);
  if (used) return `dose ${used.id}`;
  const involved = [...chain].map(find);
  if (involved.some((each) => !each)) return 'an item is missing';
  const foreign = involved.find((each) => each?.coi !== coi);
  if (foreign) return `foreign ${foreign.id}`;
  const blocked = [
    ...involved.filter((each) => !stands(each)),
    batch,
    design,
    ...datasets,
    ...steps.filter(({ attempt, report }) => attempt === 1 && report),
    ...of(all('therapy')),
  ].find((each) => (each?.blockers.length ?? 0) > 0);
  if (blocked && !isElsewhere(blocked, chain)) return `blocked ${JSON.stringify(blocked.blockers)}`;
  const grave = openAlarmOf(submitter, coi, [
    ...involved,
    batch,
    design,
    ...datasets,
    ...steps.filter(({ step, attempt }) => step !== 'slot-booking' && attempt === 1),
    ...of(all('therapy')),
  ]);
  if (grave) return `an alarm: ${grave.claim} of ${grave.subject}`;
  const undelivered = involved.find((each) => each?.handOff && each.handOff.verdict !== 'accepted');
  if (undelivered) return `hand-off of ${undelivered.id}`;
  const restsOn = new Set([
    `therapy ${coi}`,
    `batch ${batch.id}`,
    `design ${design.id}`,
    ...[...chain].map((id) => `item ${id}`),
    ...steps
      .filter(({ step, attempt }) => step !== 'slot-booking' && attempt === 1)
      .map(({ step }) => `step ${step} 01`),
    ...steps.flatMap(({ report }) => report?.lots ?? []).map((id) => `lot ${id}`),
  ]);
  const doubtful = doubtfulRecord(submitter, coi, restsOn);
  if (doubtful) return `${doubtful.type} by ${doubtful.actor}`;
  const dose = find(doseItem);
  if (dose?.custody !== 'in-custody' || dose.holder.organisation !== 'HospitalMSP')
    return 'not here';
  const therapy = of(all('therapy'))[0];
  const treatment = all('consent').filter(
    (each) => each.patient === therapy?.patient && each.purpose === 'TREATMENT_MANUFACTURE',
  );
  const given = treatment.filter(({ state }) => state === 'given');
  if (given.length === 0) return 'no consent';
  const latest = Math.max(...given.map(({ decided }) => Date.parse(decided?.time ?? '')));
  const no = ({ state, ended }: EntityOf<'consent'>) =>
    ['withdrawn', 'refused'].includes(state) && !(Date.parse(ended?.time ?? '') < latest);
  if (treatment.some(no)) return 'a no';
  return undefined;
}

/** What spoils nothing that was made before: a thing that was gone, missing or warm. */
const CONDITIONS = new Set(['NOT_IN_CUSTODY', 'ITEM_LOST', 'FOUND_AGAIN', 'TEMPERATURE_EXCURSION']);

/** Whether something befell a thing after everything that was made of it. */
function cameAfter(
  { kind, code, since }: BlockableEntity['blockers'][number],
  made: readonly (string | undefined)[],
): boolean {
  if ((kind !== 'deviation' && kind !== 'rejected') || !CONDITIONS.has(code)) return false;
  if (since === undefined || made.length === 0) return false;
  return made.every((time) => time !== undefined && time < since);
}

/** An alarm that claims a wrong identity, tampering or a loss of one of these, and that nobody dismissed. */
function openAlarmOf(
  submitter: MemorySubmitter,
  coi: string,
  things: readonly (BlockableEntity | undefined)[],
): EntityOf<'alarm'> | undefined {
  const names = new Set(things.map((thing) => (thing ? nameOf(refOf(thing)) : '')));
  return submitter
    .all('alarm')
    .find(
      ({ scope, subject, claim, dismissed }) =>
        scope.id === coi && !dismissed && claim !== 'other' && names.has(subject),
    );
}

/** A record that compromised keys signed, that nobody confirmed, and that changed something which the dose rests on. */
function doubtfulRecord(
  submitter: MemorySubmitter,
  coi: string,
  restsOn: ReadonlySet<string>,
): EntityOf<'record'> | undefined {
  const confirmed = new Set(submitter.all('confirmation').map(({ id }) => id));
  const since = new Map(
    submitter.all('actor').map(({ id, revocation }) => [id, revocation?.compromisedSince]),
  );
  return submitter.all('record').find(({ scope, actor, commandId, transactionTime, ...record }) => {
    const { changed, decision } = record;
    if (scope.kind === 'therapy' && scope.id !== coi) return false;
    const from = since.get(actor);
    if (from === undefined || transactionTime < from || confirmed.has(commandId)) return false;
    return decision !== 'refused' && changed.some((name) => restsOn.has(name));
  });
}

/** A step that has nothing to do with this dose may be blocked: slots, and what no dose is made of. */
function isElsewhere(blocked: Entity, chain: ReadonlySet<string>): boolean {
  if (blocked.noun === 'step') return ['slot-booking'].includes(blocked.step);
  return blocked.noun === 'item' && !chain.has(blocked.id);
}
