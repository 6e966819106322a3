import { z } from 'zod';
import type { Signed } from '../nouns/signed.js';

/** On what other evidence quality holds that something suspect did happen as it was signed. */
export const confirmationBasis = z.enum([
  'signer-confirmed-in-person',
  'witness',
  'paper-record',
  'device-log',
  'repeated-test',
  'retained-sample',
]);

/** Quality's confirmation of one suspect signature, which then stops nothing in this therapy. */
export interface Confirmation {
  readonly noun: 'confirmation';
  readonly coi: string;
  /** the confirmed command */
  readonly id: string;
  readonly basis: z.infer<typeof confirmationBasis>;
  readonly confirmed: Signed;
}
