import type { ProcessDefinition } from '../nouns/process-definition.js';
import { addMinutes, milliseconds, minutesAfter } from '../values/time.js';
import type { AlertRecipient } from '../values/words.js';

/** Minutes after which silence is passed on, where a process says nothing else. */
export const ESCALATION = { deputyMinutes: 30, managementMinutes: 60 } as const;

type Limits = Pick<
  ProcessDefinition,
  'alertDeputyMinutes' | 'alertSafetyOfficerMinutes' | 'recallDecisionHours'
>;

/** Whose turn it is to acknowledge an alert, and how late it is. */
export interface Turn {
  readonly asked: AlertRecipient;
  /** until when the physician had time, RFC 3339 */
  readonly due: string;
  readonly overdueMinutes: number;
}

/**
 * Whose turn it is (D2): the physician's, from `alertDeputyMinutes` on the deputy's, and from `alertSafetyOfficerMinutes`
 * on the safety officer's. Where the process says nothing those are 30 and 60.
 * @param since when there was something to tell, RFC 3339
 * @param at RFC 3339
 */
export function turnAt(limits: Limits, since: string, at: string): Turn {
  const { alertDeputyMinutes: first = 30 } = limits;
  const { alertSafetyOfficerMinutes: last = Math.max(60, first) } = limits;
  const due = addMinutes(since, first);
  const asked = isOver(addMinutes(since, last), at)
    ? 'safety-officer'
    : isOver(due, at)
      ? 'deputy'
      : 'physician';
  return { asked, due, overdueMinutes: minutesAfter(due, at) };
}

/** Until when quality recalls a batch of which a check failed late, or decides not to: 24 hours where the process says nothing. */
export function decisionDue({ recallDecisionHours: hours = 24 }: Limits, since: string): string {
  return addMinutes(since, hours * 60);
}

function isOver(until: string, at: string): boolean {
  return milliseconds(at) >= milliseconds(until);
}
