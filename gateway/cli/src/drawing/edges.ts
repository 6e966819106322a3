import type { ProcessDefinition } from '@veinledger/domain';
import { Flow } from '../processes/flow.js';

/** That one step comes before another, with the kinds of items that go from one to the other. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly string[];
}

/** The fewest edges that show every order of a process: what is behind a step already is not drawn to it once more. */
export function edgesOf(definition: ProcessDefinition): readonly Edge[] {
  const flow = new Flow(definition);
  const behind = new Map(flow.steps.map((step) => [step, flow.allBefore(step)]));
  return flow.steps.flatMap((step) => {
    const before = flow.before(step);
    return before
      .filter((each) => !before.some((other) => other !== each && behind.get(other)?.has(each)))
      .map((each) => ({
        from: each.id,
        to: step.id,
        kinds: each.outputs.filter((kind) => step.inputs.includes(kind)),
      }));
  });
}
