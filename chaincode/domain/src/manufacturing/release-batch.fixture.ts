import { upstreamWithTests } from '../graph/evidence.js';
import type { Story } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { linksOfRelease } from './release-batch.js';

/** What the release of a therapy's first batch is judged by, with nobody suspected. */
export function stateOfRelease(story: Story) {
  const whole = story.whole();
  const links = linksOfRelease(whole, 'batch-1');
  return {
    therapy: whole.therapy,
    whole,
    batch: whole.batches.get('batch-1'),
    ancestry: upstreamOf(whole, links),
    tested: upstreamWithTests(whole, links),
    suspects: [],
  };
}
