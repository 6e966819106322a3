import { VeinledgerError } from '../errors/errors.js';

/** A text that is no label: where in it, what was expected there, and what was found. */
export function notRead(place: number, expected: string, found: string): VeinledgerError {
  return new VeinledgerError('LABEL_NOT_READ', 'the text names nothing as a label does', {
    field: `label, character ${place + 1}`,
    expected,
    found: found === '' ? 'its end' : found,
  });
}
