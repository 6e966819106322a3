import {
  expectationOf,
  processDefinition,
  type ProcessDefinition,
  violationOf,
} from '@veinledger/domain';
import { z } from 'zod';
import type { Fault } from './fault.js';

/** As much of a definition as shows its steps' order, however wrong the rest is. */
const outline = z.looseObject({
  steps: z.array(
    z.looseObject({ id: z.string().optional(), needs: z.array(z.string()).optional() }),
  ),
});

/** A definition that has the shape of one, or what in a text has not. */
export function shapeOf(
  raw: unknown,
): { readonly definition: ProcessDefinition } | { readonly faults: readonly Fault[] } {
  const cycles = cyclesOf(raw);
  const parsed = processDefinition.safeParse(raw, { error: expectationOf });
  if (parsed.success) return { definition: parsed.data };
  const known = new Set(cycles.map(({ step }) => step));
  const faults = parsed.error.issues.map((issue) => faultOf(issue, raw));
  // a step that waits for itself needs a later one too: that is said once
  const others = faults.filter(({ step, says }) => !(known.has(step) && says.startsWith('needs:')));
  return { faults: [...cycles, ...others] };
}

function faultOf(issue: z.core.$ZodIssue, raw: unknown): Fault {
  const { place: path, expected, found } = violationOf({ issues: [issue] }, raw);
  const says = `${expected}, found ${found}`;
  const [first, number, ...rest] = path;
  const index = Number(number);
  if (first !== 'steps' || !Number.isInteger(index)) {
    return { rule: 'shape', says: `${path.join('.') || 'the file'}: ${says}` };
  }
  const parsed = outline.safeParse(raw);
  const step = (parsed.success ? parsed.data.steps[index]?.id : undefined) ?? `number ${index + 1}`;
  const place = rest.map((each) => (/^\d+$/u.test(each) ? `${Number(each) + 1}` : each));
  return { step, rule: 'shape', says: `${place.join('.') || 'the step'}: ${says}` };
}

/** Steps that wait for themselves, by whatever they need. */
function cyclesOf(raw: unknown): readonly Fault[] {
  const parsed = outline.safeParse(raw);
  if (!parsed.success) return [];
  const needs = new Map(parsed.data.steps.map(({ id = '', needs: of = [] }) => [id, of]));
  const behind = new Map([...needs.keys()].map((id) => [id, behindOf(id, needs)]));
  return [...behind].flatMap(([id, all]): readonly Fault[] => {
    if (!all.has(id)) return [];
    const others = [...all].filter((each) => each !== id && behind.get(each)?.has(id));
    const says = `needs itself, by ${others.sort().join(', ') || 'its own needs'}`;
    return [{ step: id, rule: 'cycle', says }];
  });
}

function behindOf(id: string, needs: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const behind = new Set<string>();
  const waiting = [...(needs.get(id) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (behind.has(next)) continue;
    behind.add(next);
    waiting.push(...(needs.get(next) ?? []));
  }
  return behind;
}
