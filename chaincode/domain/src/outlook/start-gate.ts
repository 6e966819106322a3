import { distinct } from '../gates/chain.js';
import type { Link } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import { reasonsAgainstStart } from '../manufacturing/start-step.js';
import type { Item } from '../nouns/item.js';
import type { Step } from '../nouns/process-definition.js';
import type { GateOutlook } from './outlook.js';
import {
  askedByHolder,
  linkTo,
  type OutlookState,
  recipientIn,
  suspectsUpstream,
} from './outlook-state.js';

const GATE = 'manufacturing:StartStep';

/** What the start of a step would say of an item, as one of those on which it would be done. */
export function startOutlookOfItem(state: OutlookState, step: Step, item: Item): GateOutlook {
  return startOutlook(state, step, `item ${item.id}`, [linkTo(item)], [item]);
}

/** What it would say of data, of a design, or, without any link, whatever it is asked of. */
export function startOutlook(
  state: OutlookState,
  step: Step,
  subject: string,
  links: readonly Link[],
  inputs: readonly Item[] = [],
): GateOutlook {
  const { whole, consents, at } = state;
  const ancestry = upstreamOf(whole, links);
  const [held] = inputs;
  const asking = held
    ? askedByHolder(state, held)
    : { transactionTime: at, actor: { organisation: whole.therapy.quality } };
  const reasons = reasonsAgainstStart(
    {
      whole,
      inputs: inputs.map((item) => ({ id: item.id, known: 'own', item })),
      ancestry,
      consents,
      recipient: recipientIn(state, asking.actor.organisation),
      suspects: suspectsUpstream(state, ancestry),
    },
    step,
    links,
    asking,
  );
  return { subject, gate: GATE, step: step.id, reasons: distinct(reasons) };
}
