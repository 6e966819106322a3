import type { Diligence } from './diligence.js';
import type { Fault } from './faults/fault.js';
import { type Act, isSpoken, type Spoken } from './spoken.js';

/** A way through the plan: where it leaves it, and what is done from there. */
export interface History {
  /** how many commands of the plan come before */
  readonly from: number;
  readonly acts: readonly Act[];
}

/** The plan with its faults. */
export function historyOf(
  plan: readonly Spoken[],
  faults: readonly Fault[],
  diligence: Diligence,
): History {
  const slots: (readonly Act[])[] = plan.map((spoken) => [spoken]);
  for (const fault of faults) {
    for (const [place, change] of fault.slots) slots[place] = change(slots[place] ?? []);
  }
  const first = slots.findIndex((acts, index) => acts.length !== 1 || acts[0] !== plan[index]);
  const from = first === -1 ? plan.length : first;
  const ends = Math.max(...faults.map((fault) => fault.ends ?? plan.length - 1));
  return {
    from,
    acts: slots
      .slice(from, ends + 1)
      .flat()
      .flatMap((act) => settledBefore(act, diligence)),
  };
}

const DOSE = 'care:AuthoriseDose';
const GATES = [
  'manufacturing:StartStep',
  'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  DOSE,
];

function settledBefore(act: Act, diligence: Diligence): readonly Act[] {
  const gates = diligence === 'never' ? [] : diligence === 'before the dose' ? [DOSE] : GATES;
  if (!isSpoken(act) || !gates.includes(act.type)) return [act];
  return [diligence === 'but one' ? { type: 'settle', leaving: 0 } : { type: 'settle' }, act];
}
