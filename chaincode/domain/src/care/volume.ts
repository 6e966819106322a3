import { administrationContent } from '../commands/annex.js';
import type { Context } from '../commands/decision.js';
import type { Verdict } from '../nouns/reason.js';
import type { courseOfAdministration } from '../values/words.js';
import type { z } from 'zod';

/**
 * Whether the volume in the annex goes with the course: what was given completely is more than nothing, and what was not
 * started is nothing. The ledger keeps the verdict, and a replay without the annex takes it from there.
 */
export function judgeVolume(
  course: z.infer<typeof courseOfAdministration>,
  { results, annexes }: Pick<Context, 'results' | 'annexes'>,
): readonly Verdict[] {
  if (results?.from === 'endorsement') return results.verdicts;
  const content = administrationContent.safeParse(annexes?.get('administration'));
  if (!content.success) return [];
  const given = content.data.volumeGivenMl > 0;
  const contradicts = course === 'complete' ? !given : course === 'not-started' && given;
  return [{ check: 'volume-given', verdict: contradicts ? 'fail' : 'pass' }];
}
