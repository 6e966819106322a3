import { actorId, instant } from '@veinledger/domain';
import { z } from 'zod';

/** What becomes of a job: `interrupted` when the gateway stopped while it ran. */
export const jobState = z.enum([
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);

export const progress = z.strictObject({
  done: z.int().min(0),
  total: z.exactOptional(z.int().min(0)),
});

/** Why a job failed, as a problem says it. */
export const jobFault = z.strictObject({ code: z.string(), detail: z.string() });

/** A job as the gateway remembers it. */
export const job = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  owner: actorId,
  input: z.unknown(),
  state: jobState,
  createdAt: instant,
  startedAt: z.exactOptional(instant),
  finishedAt: z.exactOptional(instant),
  progress: z.exactOptional(progress),
  result: z.unknown().optional(),
  fault: z.exactOptional(jobFault),
});

export type Job = z.output<typeof job>;
export type JobState = z.output<typeof jobState>;

/** Whether nothing will become of a job any more. */
export function isFinished({ state }: Pick<Job, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}
