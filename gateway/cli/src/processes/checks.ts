import { type Check, type ProcessDefinition, type Step } from '@veinledger/domain';
import type { Fault } from './fault.js';
import { Flow, makes } from './flow.js';

/** Checks that, once they failed, leave nobody a way on; and collections that are compared where there is only one. */
export function faultsOfChecks(definition: ProcessDefinition): readonly Fault[] {
  const flow = new Flow(definition);
  return flow.steps.flatMap((step) => [
    ...step.checks.flatMap((check) => faultsOfWayOn(flow, step, check)),
    ...faultsOfComparison(definition, step),
  ]);
}

function faultsOfWayOn(flow: Flow, step: Step, check: Check): readonly Fault[] {
  const { code, class: of, leadsOn } = check;
  const fault = (says: string): readonly Fault[] => [
    { step: step.id, rule: 'way-on', says: `${code}, once it failed: ${says}` },
  ];
  if (of !== 'identity' && of !== 'safety') return [];
  const anew = [step, ...flow.allBefore(step)].filter((each) => makes(each));
  if (of === 'safety') {
    return anew.length > 0 ? [] : fault('nothing before it can be made anew');
  }
  if (leadsOn === undefined) return fault('leadsOn names no step that is done anew');
  const idle = leadsOn.filter((id) => !anew.some((each) => each.id === id));
  if (idle.length === 0) return [];
  return fault(`leadsOn names ${idle.join(', ')}, which makes nothing that it is about`);
}

/** Two collections are compared only where two are taken, or a record stands for the second (A5). */
function faultsOfComparison({ steps }: ProcessDefinition, step: Step): readonly Fault[] {
  const comparing = step.checks.filter((each) => each.kind === 'range' && each.comparesCollections);
  if (comparing.length === 0) return [];
  const isTwice = steps.some(
    ({ attestedBy, counts = [] }) =>
      attestedBy === 'custody:CollectItem' &&
      counts.some(({ of, min }) => of === 'outputs' && min >= 2),
  );
  if (isTwice || steps.some(({ earlierRecord }) => earlierRecord)) return [];
  const says = `${comparing.map(({ code }) => code).join(', ')}: no collection counts two of a kind`;
  return [{ step: step.id, rule: 'second-collection', says }];
}
