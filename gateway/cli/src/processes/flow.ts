import { type ProcessDefinition, type Step } from '@veinledger/domain';
import type { Fault } from './fault.js';

/** What goes from step to step in a definition. */
export class Flow {
  readonly steps: readonly Step[];
  readonly #collected: ReadonlySet<string>;

  constructor({ steps, items }: ProcessDefinition) {
    this.steps = steps;
    this.#collected = new Set(items.flatMap(({ code, collected }) => (collected ? [code] : [])));
  }

  /** The steps that make a kind of item. */
  makersOf(kind: string): readonly Step[] {
    return this.steps.filter(
      ({ outputs, attestedBy }) =>
        outputs.includes(kind) &&
        (attestedBy === 'custody:CollectItem') === this.#collected.has(kind),
    );
  }

  /** The steps that a step comes directly after: those that it needs, and those that make what it takes. */
  before(step: Step): readonly Step[] {
    const needed = this.steps.filter(({ id }) => step.needs.includes(id));
    const makers = step.inputs
      .flatMap((kind) => this.makersOf(kind))
      .filter((each) => each !== step);
    return [...new Set([...needed, ...makers])];
  }

  /** All steps before a step, however many between. */
  allBefore(step: Step): ReadonlySet<Step> {
    const found = new Set<Step>();
    const waiting = [...this.before(step)];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...this.before(next));
    }
    return found;
  }
}

/** Whether a step leaves something behind: items, data, or an approved design. */
export function makes({ outputs, datasets, attestedBy }: Step): boolean {
  return outputs.length + datasets.length > 0 || attestedBy === 'manufacturing:ApproveDesign';
}

/** What never happens, what is made of nothing, and what is made for nobody. */
export function faultsOfFlow(definition: ProcessDefinition): readonly Fault[] {
  const flow = new Flow(definition);
  const reached = reachedIn(flow);
  return flow.steps.flatMap((step): readonly Fault[] => {
    const unfed = unfedOf(flow, step);
    if (unfed.length > 0) return unfed;
    if (!reached.has(step)) return [unreachable(flow, step, reached)];
    return isUsed(flow, step)
      ? []
      : [{ step: step.id, rule: 'nothing-uses', says: 'no step needs it, or takes what it makes' }];
  });
}

function unfedOf(flow: Flow, step: Step): readonly Fault[] {
  const { id, inputs, earlierRecord, attestedBy } = step;
  const unmade = inputs.filter((kind) => flow.makersOf(kind).length === 0);
  if (unmade.length > 0) {
    return [
      { step: id, rule: 'nothing-feeds', says: `takes ${unmade.join(', ')}, which no step makes` },
    ];
  }
  const isMaking = attestedBy === 'manufacturing:ReportStep' && makes(step);
  if (!isMaking || inputs.length > 0 || earlierRecord) return [];
  if (flow.before(step).some((each) => each.datasets.length > 0 || makesDesign(each))) return [];
  const says =
    'makes something of nothing: no input, and no data or design of a step that it needs';
  return [{ step: id, rule: 'nothing-feeds', says }];
}

function makesDesign({ attestedBy }: Step): boolean {
  return attestedBy === 'manufacturing:ApproveDesign';
}

function reachedIn(flow: Flow): ReadonlySet<Step> {
  const reached = new Set<Step>();
  let before: number;
  do {
    before = reached.size;
    for (const step of flow.steps) if (isReached(flow, step, reached)) reached.add(step);
  } while (reached.size > before);
  return reached;
}

/** Every step that it needs is reached, and of what it takes one kind at least is made. */
function isReached(flow: Flow, { needs, inputs }: Step, reached: ReadonlySet<Step>): boolean {
  const isThere = (id: string) => flow.steps.some((each) => each.id === id && reached.has(each));
  const isMade = (kind: string) => flow.makersOf(kind).some((each) => reached.has(each));
  return needs.every(isThere) && (inputs.length === 0 || inputs.some(isMade));
}

function unreachable(flow: Flow, step: Step, reached: ReadonlySet<Step>): Fault {
  const waits = flow.before(step).filter((each) => !reached.has(each));
  const says = `is never reached: it waits for ${waits.map(({ id }) => id).join(', ') || 'itself'}`;
  return { step: step.id, rule: 'unreachable', says };
}

/** What ends a therapy, or moves and checks things, has its use in itself; so has what takes and makes nothing. */
const ENDS: readonly string[] = [
  'care:RecordOutcome',
  'care:RecordAdministration',
  'custody:ReceiveItem',
];

function isUsed(flow: Flow, step: Step): boolean {
  const { id, outputs, inputs, attestedBy } = step;
  if (ENDS.includes(attestedBy)) return true;
  if (!makes(step) && inputs.length === 0 && attestedBy === 'manufacturing:ReportStep') return true;
  return flow.steps.some(
    (each) =>
      each !== step &&
      (each.needs.includes(id) || outputs.some((kind) => each.inputs.includes(kind))),
  );
}
