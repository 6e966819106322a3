import { aboutOf, usedBy } from '../account/about.js';
import { isEvidence } from '../account/failures.js';
import { effectiveTime, type Said } from '../account/said.js';
import { batchOf, itemOf, stepOf } from '../account/things.js';
import { stepDefinition } from '../account/verdicts.js';
import type { StepDefinition } from '../definition.js';
import { type Matter, type Trouble, troublesIn } from '../matter.js';
import { kindOf } from './a2.js';
import { type Clause, EVERY_GATE } from './clause.js';
import { contradictions } from './c4-contradictions.js';

/** Each difference between a report and the definition, or what is known, stops until quality permits it. */
export const C4: Clause = {
  id: 'C4',
  gates: EVERY_GATE,
  forbids: (matter) =>
    [
      ...reports(matter),
      ...[
        ...batches(matter),
        ...withoutReserve(matter),
        ...misuses(matter),
        ...contradictions(matter),
      ].filter((trouble) => matter.reaches(trouble)),
    ].map(({ about, why }) => `${about}: ${why}`),
};

function reports(matter: Matter): Trouble[] {
  const { account, therapy } = matter;
  return account
    .ever('manufacturing:ReportStep')
    .filter((report) => report.body.coi === therapy.coi)
    .flatMap((report) => {
      const { body } = report;
      const definition = stepDefinition(account, report);
      if (!definition) return [];
      const differences = [
        ...(definition.roles.some((role) => report.roles.includes(role)) ? [] : ['role']),
        ...(definition.lots === body.lots.length > 0 ? [] : ['lots']),
        ...(definition.sharedRun === (body.run !== undefined) ? [] : ['run']),
        ...body.outputs
          .filter(({ kind }) => !definition.outputs.includes(kind))
          .map(({ kind }) => `${kind} made`),
        ...body.datasets
          .filter(({ kind }) => !definition.datasets.includes(kind))
          .map(({ kind }) => `dataset of kind ${kind}`),
        ...miscounted(matter, report, definition),
        ...twice([...body.inputs, ...body.outputs].map(({ item }) => item)),
      ];
      const step = stepOf(body.coi, body.step, body.attempt);
      const taken = body.inputs.map(({ item }) => itemOf(item));
      return differences
        .flatMap((why) => troublesIn(matter, besideChecks(report), [step], why))
        .filter(({ about }) => !taken.includes(about))
        .filter((trouble) => matter.reaches(trouble) || isEvidence(matter, report));
    });
}

/** Kinds of which a report takes or gives fewer or more than its step does. */
function miscounted(
  matter: Matter,
  { body }: Said<'manufacturing:ReportStep'>,
  { counts = [] }: StepDefinition,
): string[] {
  const taken = body.inputs.map(({ item }) => kindOf(matter, item));
  const given = body.outputs.map(({ kind }) => kind);
  return counts
    .filter(({ of, kind, min = 0, max = Infinity }) => {
      const count = (of === 'inputs' ? taken : given).filter((each) => each === kind).length;
      return count < min || count > max;
    })
    .map(({ of, kind }) => `${of} of kind ${kind} are not as many as the step has`);
}

function twice(items: readonly string[]): string[] {
  return items
    .filter((item, index) => items.indexOf(item) < index)
    .map((item) => `${item} is listed twice`);
}

/** Batches whose numbers do not add up, or are not those of their fill. */
function batches(matter: Matter): Trouble[] {
  const { account } = matter;
  return account
    .of('manufacturing:RecordBatch')
    .filter(({ body }) => {
      const { made, sampled, retained, rejected } = body.reconciliation;
      const filled = account
        .of('manufacturing:ReportStep')
        .filter(
          (each) =>
            each.body.coi === body.coi &&
            each.body.step === body.fill.step &&
            each.body.attempt === body.fill.attempt,
        )
        .flatMap((each) => each.body.outputs.map(({ item }) => item));
      return (
        made !== new Set(body.vials).size + sampled + retained + rejected ||
        made !== new Set(filled).size
      );
    })
    .flatMap((said) =>
      troublesIn(matter, said, [batchOf(said.body.coi, said.body.batch)], 'units do not reconcile'),
    );
}

/** Batches of which too little was kept, and of which nobody says why, with an image of the label in its place. */
function withoutReserve(matter: Matter): Trouble[] {
  const { account, therapy } = matter;
  const asked = therapy.definition.reserveSamples ?? 0;
  return account
    .of('manufacturing:RecordBatch')
    .filter(({ body, annexes }) => {
      const argued = body.withoutReserve !== undefined && 'image' in annexes;
      return body.vials.length > 0 && body.reconciliation.retained < asked && !argued;
    })
    .flatMap((said) =>
      troublesIn(matter, said, [batchOf(said.body.coi, said.body.batch)], 'nothing was kept of it'),
    );
}

function misuses(matter: Matter): Trouble[] {
  const { account } = matter;
  return [...account.irregular].flatMap(([said, wrong]) =>
    wrong
      .filter(({ excuse }) => !excuse || !account.isSettled(excuse))
      .flatMap(({ why, ended }) => {
        const troubles = troublesIn(matter, besideChecks(said), aboutOf(said), why);
        if (ended === undefined) return troubles;
        const others = usedBy(said).filter((thing) => thing !== itemOf(ended));
        return troubles
          .filter(({ about }) => !others.includes(about))
          .map((trouble) =>
            trouble.about === itemOf(ended) ? { ...trouble, since: effectiveTime(said) } : trouble,
          );
      }),
  );
}

/** A word without what its checks found, which may be evaluated where this may not (A11), unless nothing else was wrong. */
function besideChecks<S extends Said>(said: S): S {
  const deviations = said.answer.deviations.filter(({ code }) => !OF_CHECKS.test(code));
  return deviations.length === 0 ? said : { ...said, answer: { ...said.answer, deviations } };
}

const OF_CHECKS = /_CHECK_(FAILED|MISSING)$|^RESULT_(OUT_OF_LIMITS|MISSING)$/;
