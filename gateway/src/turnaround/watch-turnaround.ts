import { countedSteps } from '@veinledger/domain';
import type { CourseIndex } from './course-index.js';
import { allProgress } from './turnaround-reader.js';
import type { GatewayMetrics, LabelledValue } from '../telemetry/metrics.js';

const NAME = 'veinledger_therapy_steps';
const HELP =
  'Steps of therapies by process, step, organisation (who did it, or for whom it waits) and state: on-time, late, waiting, overdue';

/** Blocks are read again for the metrics after so long at the earliest, milliseconds. */
const KEPT_MS = 60_000;

/**
 * Adds to the metrics how many steps of therapies are on time, late, waiting and overdue: one series for each step of a
 * process, organisation and state that there is. The function that it gives takes them away again.
 */
export function watchTurnaround(
  metrics: GatewayMetrics,
  index: Pick<CourseIndex, 'courses'>,
  clock: () => number = Date.now,
): () => void {
  let kept:
    { readonly until: number; readonly values: Promise<readonly LabelledValue[]> } | undefined;
  metrics.watchLabelled(NAME, HELP, ['process', 'step', 'organisation', 'state'], () => {
    const now = clock();
    if (kept === undefined || kept.until <= now) {
      const values = valuesOf(index, new Date(now).toISOString());
      kept = { until: now + KEPT_MS, values };
      values.catch(() => (kept = undefined));
    }
    return kept.values;
  });
  return () => metrics.unwatch(NAME);
}

async function valuesOf(
  index: Pick<CourseIndex, 'courses'>,
  at: string,
): Promise<readonly LabelledValue[]> {
  const progress = allProgress(await index.courses(), at);
  const counts = new Map<string, LabelledValue>();
  for (const { process, organisation, progress: step } of progress.flatMap((each) =>
    countedSteps(each.progress),
  )) {
    const labels = { process: process.id, step: step.step, organisation, state: step.state };
    const key = JSON.stringify(Object.values(labels));
    const value = (counts.get(key)?.value ?? 0) + 1;
    counts.set(key, { labels, value });
  }
  return [...counts.values()];
}
