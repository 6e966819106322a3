import { z } from 'zod';
import { gln, localId } from '../values/identifiers.js';

/** The number of a line of the order. */
export const lineNumber = z.int().min(1).max(99);

/** One line of an order, as commands bring it. */
export const orderLineBody = z.strictObject({
  /** the line's number */
  dose: lineNumber,
  /** days after the therapy's order */
  day: z.int().min(0).max(3650),
  site: gln,
  depot: gln,
  slot: localId,
  /** how many containers may be given on it, each verified and authorised by itself; left out, one */
  containers: z.int().min(1).max(50).exactOptional(),
});
