import { reasonsAgainstDose } from '../care/authorise-dose.js';
import { distinct } from '../gates/chain.js';
import { lineAsked, type Ordered } from '../gates/order-line.js';
import { notOverridden } from '../gates/override.js';
import { upstreamWithTests } from '../graph/evidence.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Dose } from '../nouns/dose.js';
import type { Item } from '../nouns/item.js';
import type { Reason } from '../nouns/reason.js';
import type { GateOutlook } from './outlook.js';
import {
  askedByHolder,
  linkTo,
  type OutlookState,
  recipientIn,
  suspectsUpstream,
} from './outlook-state.js';

const GATE = 'care:AuthoriseDose';

/** What the gate before the patient's arm would say of an item for the next line of the order that is free. */
export function doseOutlookOfItem(state: OutlookState, item: Item): GateOutlook {
  const asked = lineAsked(state.whole, item.id, state.at);
  const reasons = asked ? reasonsAgainst(state, asked, item) : [];
  return { subject: `item ${item.id}`, gate: GATE, reasons };
}

/** What it would say anew of a dose that it permitted and that was not begun. */
export function doseOutlookOfDose(state: OutlookState, dose: Dose): GateOutlook {
  const subject = `dose ${dose.id}`;
  const item = state.whole.items.get(dose.item);
  if (!item) {
    const reasons = [{ code: 'UNKNOWN_ITEM', subject: `item ${dose.item}` }];
    return { subject, gate: GATE, reasons };
  }
  const { id, number } = dose;
  const found = reasonsAgainst(state, { dose: id, number, item: item.id }, item);
  const reasons = notOverridden(state.whole, found, state.whole.overrides.get(id)).filter(
    // that it stands for itself already says nothing against it
    ({ code, subject: of }) => code !== 'IDENTIFIER_TAKEN' || of !== subject,
  );
  return { subject, gate: GATE, reasons };
}

function reasonsAgainst(state: OutlookState, asked: Ordered, item: Item): readonly Reason[] {
  const { whole, consents } = state;
  const links = [linkTo(item)];
  const reasons = reasonsAgainstDose(
    {
      whole,
      named: { id: item.id, known: 'own', item },
      ancestry: upstreamOf(whole, links),
      consents,
      recipient: recipientIn(state, item.holder.organisation),
      suspects: suspectsUpstream(state, upstreamWithTests(whole, links)),
    },
    {
      ...asked,
      verifications: [],
      alarmsSeen: [],
      physician: { principal: '' },
      continueAfterLapse: false,
    },
    askedByHolder(state, item),
  );
  return distinct(reasons);
}
