import { commandRecord } from '@veinledger/client/wire';
import { z } from 'zod';
import type { Session } from './session.js';

/** A trace as far as the command line looks into it. */
const therapyTrace = z.looseObject({
  therapy: z.looseObject({
    coi: z.string(),
    patient: z.string(),
    process: z.looseObject({ id: z.string(), version: z.string() }),
    parties: z.array(z.string()),
  }),
  things: z.array(z.looseObject({ noun: z.string(), id: z.string().optional() })),
  records: z.array(commandRecord),
});

export type TherapyTrace = z.infer<typeof therapyTrace>;

/** Everything that the ledger holds of a therapy. */
export async function readTrace(
  session: Session,
  actor: string,
  coi: string,
): Promise<TherapyTrace> {
  return therapyTrace.parse(await session.read(actor, `/v1/therapies/${coi}/trace`));
}
