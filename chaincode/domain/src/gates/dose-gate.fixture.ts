import { NOW } from '../example.fixture.js';
import { codesOf, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfBedside } from './bedside.js';
import { reasonsOfChain } from './chain.js';
import { reasonsOfContainers } from './containers.js';
import { reasonsOfOrder } from './order-line.js';
import { reasonsOfProduct } from './product.js';

/** What every gate over the graph says of a dose of a story, by two staff's checks at the bedside. */
export function reasonsAgainst(story: Story, id: string = THINGS.dose): readonly Reason[] {
  const whole = story.whole();
  const item = story.find('item', id);
  const verified = [...whole.verifications.values()].filter((each) => each.item === id);
  return [
    ...reasonsOfProduct(whole, item, NOW),
    ...reasonsOfContainers(whole, item, NOW),
    ...reasonsOfChain(whole, story.upstream(id)),
    ...reasonsOfOrder(whole, { dose: 'dose-1', number: 1, item: id }, NOW),
    ...reasonsOfBedside(
      whole,
      id,
      verified.map((each) => each.id),
      NOW,
    ),
  ];
}

/** Their codes, each once. */
export function against(story: Story, id: string = THINGS.dose): readonly string[] {
  return codesOf(reasonsAgainst(story, id));
}
