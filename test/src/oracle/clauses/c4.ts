import { aboutOf } from '../account/about.js';
import type { Said } from '../account/said.js';
import { batchOf, stepOf } from '../account/things.js';
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
    [...reports(matter), ...batches(matter), ...misuses(matter), ...contradictions(matter)]
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
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
      return differences.flatMap((why) => troublesIn(matter, report, [step], why));
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

function misuses(matter: Matter): Trouble[] {
  const { account } = matter;
  return [...account.irregular].flatMap(([said, wrong]) =>
    wrong
      .filter(({ excuse }) => !excuse || !account.isSettled(excuse))
      .flatMap(({ why }) => troublesIn(matter, said, aboutOf(said), why)),
  );
}
