import { lineageOf, type ProcessDefinition, type Step } from '@veinledger/domain';
import type { Fault } from './fault.js';
import { Flow } from './flow.js';

/** What would never be given: it comes from nobody, is tested by nothing, warms on its way, or is asked for too early. */
export function faultsOfProduct(definition: ProcessDefinition): readonly Fault[] {
  return [
    ...faultsOfLineage(definition),
    ...faultsOfRelease(definition),
    ...definition.steps.flatMap((step) => [
      ...faultsOfJourney(definition, step),
      ...faultsOfTimes(definition, step),
      ...faultsOfMarks(definition, step),
    ]),
  ];
}

function faultsOfLineage(definition: ProcessDefinition): readonly Fault[] {
  const giving = definition.steps.find(
    ({ attestedBy }) => attestedBy === 'care:RecordAdministration',
  );
  const rule = 'lineage';
  if (!giving) return [{ rule, says: 'no step gives the product: care:RecordAdministration' }];
  const flow = new Flow(definition);
  const before = [...flow.allBefore(giving)];
  const lineage = lineageOf(definition);
  const faults: Fault[] = [];
  if (lineage !== 'data' && !isOfMaterial(flow, giving)) {
    const says = 'what it gives is not made of anything that is collected from the patient';
    faults.push({ step: giving.id, rule, says });
  }
  const confirms = before.some(({ checks }) =>
    checks.some(({ kind }) => kind === 'design-commitment'),
  );
  if (lineage !== 'material' && !confirms) {
    const says = "no check before it compares what was made with the design's commitment";
    faults.push({ step: giving.id, rule, says });
  }
  return faults;
}

/** Whether, by its inputs alone, a step goes back to a collection. */
function isOfMaterial(flow: Flow, from: Step): boolean {
  const seen = new Set<Step>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.attestedBy === 'custody:CollectItem') return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...next.inputs.flatMap((kind) => flow.makersOf(kind)));
  }
  return false;
}

function faultsOfRelease({ steps }: ProcessDefinition): readonly Fault[] {
  const tests = new Set(
    steps
      .filter(
        ({ attestedBy, outputs, mayFollow }) =>
          attestedBy === 'manufacturing:ReportStep' && outputs.length === 0 && !mayFollow,
      )
      .map(({ id }) => id),
  );
  return steps.flatMap(({ id, attestedBy, needs }): readonly Fault[] => {
    const rule = 'release-tests';
    if (attestedBy === 'manufacturing:ReviewBatch' && !needs.some((need) => tests.has(need))) {
      return [{ step: id, rule, says: 'a batch is reviewed that no step has tested' }];
    }
    const isReview = (need: string) =>
      steps.some((each) => each.id === need && each.attestedBy === 'manufacturing:ReviewBatch');
    if (attestedBy === 'manufacturing:CertifyBatch' && !needs.some(isReview)) {
      return [{ step: id, rule, says: 'a batch is certified that nobody has reviewed' }];
    }
    return [];
  });
}

/** What asks the gate of the dose of something that is none. */
function faultsOfMarks({ steps }: ProcessDefinition, step: Step): readonly Fault[] {
  const { id, irreversible, inputs } = step;
  const given = new Set(
    steps
      .filter(({ attestedBy }) => attestedBy === 'care:RecordAdministration')
      .flatMap((each) => each.inputs),
  );
  const prepared = steps
    .filter(
      ({ attestedBy, outputs }) =>
        PREPARES === attestedBy && outputs.some((kind) => given.has(kind)),
    )
    .flatMap((each) => each.inputs);
  const others = inputs.filter((kind) => !given.has(kind) && !prepared.includes(kind));
  if (irreversible !== true || others.length === 0) return [];
  const says = `it asks the gate of the dose, and takes ${others.join(', ')}, which nobody is given`;
  return [{ step: id, rule: 'marks', says }];
}

const PREPARES = 'custody:DeriveItem';

function faultsOfJourney({ items }: ProcessDefinition, step: Step): readonly Fault[] {
  if (step.attestedBy !== 'custody:ReceiveItem') return [];
  const open = step.inputs.filter((kind) => {
    const { temperatureMinC: min, temperatureMaxC: max } =
      items.find(({ code }) => code === kind) ?? {};
    return min === undefined && max === undefined;
  });
  if (open.length === 0) return [];
  const says = `${open.join(', ')} travels without a temperature range`;
  return [{ step: step.id, rule: 'temperature', says }];
}

/** What is due before what it needs can be done. */
function faultsOfTimes({ steps }: ProcessDefinition, step: Step): readonly Fault[] {
  const { id, needs, targetDay, leadDays = 0 } = step;
  const ready = Math.max(
    0,
    ...steps
      .filter((each) => needs.includes(each.id) && !each.mayFollow)
      .map((each) => each.targetDay),
  );
  if (targetDay >= ready + leadDays) return [];
  const says = `due on day ${targetDay}, and what it needs on day ${ready}, with ${leadDays} days for itself`;
  return [{ step: id, rule: 'late', says }];
}
