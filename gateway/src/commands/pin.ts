import type { Envelope } from '@veinledger/domain';
import { ProblemError } from '../problems/problem.js';

/** What a route says of the command that it takes: its type, and what stands in the path. */
export interface Pin {
  readonly type: string;
  readonly parameters: readonly PinnedParameter[];
}

export interface PinnedParameter {
  /** the name in the path */
  readonly name: string;
  /** the signed member that it repeats, for instance `body.coi` or `actor` */
  readonly field: string;
  readonly value: string;
}

/**
 * Refuses a command that was signed for something else than the path says.
 * @throws ProblemError 400 PATH_MISMATCH naming the field
 */
export function requirePinned(pin: Pin, envelope: Envelope): void {
  for (const { field, value, name } of pin.parameters) {
    const found = memberAt(envelope, field);
    if (found === value) continue;
    throw new ProblemError({
      status: 400,
      code: 'PATH_MISMATCH',
      detail: `the command was signed for another ${name} than the path names`,
      field,
      expected: value,
      found: typeof found === 'string' ? found : 'nothing',
    });
  }
}

function memberAt(envelope: Envelope, field: string): unknown {
  let current: unknown = envelope;
  for (const step of field.split('.')) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = new Map<string, unknown>(Object.entries(current)).get(step);
  }
  return current;
}
