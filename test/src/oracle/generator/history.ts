import type { Fault } from './faults/index.js';
import { type Act, isSpoken, type Spoken } from './spoken.js';

/** A way through the plan: where it leaves it, and what is done from there. */
export interface History {
  /** how many commands of the plan come before */
  readonly from: number;
  readonly acts: readonly Act[];
}

/** How eagerly quality settles what is open, so that work can go on. */
export const DILIGENCE = ['never', 'before the dose', 'before each gate'] as const;

export type Diligence = (typeof DILIGENCE)[number];

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
  return {
    from,
    acts: slots
      .slice(from)
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
  return isSpoken(act) && gates.includes(act.type) ? [{ type: 'settle' }, act] : [act];
}
