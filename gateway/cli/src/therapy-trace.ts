import { markedRecord } from '@veinledger/client/wire';
import { type Outlook, outlookSchema } from '@veinledger/domain';
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
  records: z.array(markedRecord),
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

/** What the next gate would say of everything in a therapy, within what the actor may learn. */
export async function readOutlook(session: Session, actor: string, coi: string): Promise<Outlook> {
  return outlookSchema.parse(await session.read(actor, `/v1/therapies/${coi}/outlook`));
}

const raisedBy = z.looseObject({ raised: z.looseObject({ command: z.string() }) });

/** What tells a thing from the others of its noun: a step's attempt is `calling/1`, an alarm the command that raised it. */
export function nameOf(thing: TherapyTrace['things'][number]): string {
  const { step, attempt, number, batch, command, subject } = thing;
  switch (thing.noun) {
    case 'step':
      return `${String(step)}/${String(attempt)}`;
    case 'recall-decision':
      return `${String(batch)}/${String(step)}/${String(attempt)}`;
    case 'alarm':
      return raisedBy.parse(thing).raised.command;
    case 'annulment':
      return String(command);
    case 'early-recall':
      return String(subject);
    default:
      return thing.id ?? String(number);
  }
}
