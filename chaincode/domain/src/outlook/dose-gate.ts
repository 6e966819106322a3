import { reasonsAgainstDose } from '../care/authorise-dose.js';
import { distinct } from '../gates/chain.js';
import { type Ordered, reasonsOfOrder } from '../gates/order-line.js';
import { notOverridden } from '../gates/override.js';
import { upstreamWithTests } from '../graph/evidence.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Dose } from '../nouns/dose.js';
import type { Item } from '../nouns/item.js';
import type { Reason } from '../nouns/reason.js';
import type { ReasonCode } from '../values/reason-codes.js';
import type { GateOutlook } from './outlook.js';
import {
  askedByHolder,
  linkTo,
  type OutlookState,
  recipientIn,
  suspectsUpstream,
} from './outlook-state.js';

const GATE = 'care:AuthoriseDose';

/** Of a line in whose place another stands, and of one that was entered in error. */
const NOT_IN_FORCE: readonly ReasonCode[] = ['ORDER_LINE_REPLACED', 'DOSE_NOT_ORDERED'];

/** An id that no dose has. */
const NO_DOSE = '';

/** What the gate before the patient's arm would say of an item for the next line of the order that is free. */
export function doseOutlookOfItem(state: OutlookState, item: Item): GateOutlook {
  const { whole, at } = state;
  const lines = whole.therapy.orderLines.map(({ dose: number }) => ({
    dose: NO_DOSE,
    number,
    item: item.id,
  }));
  const standsAs = (...against: readonly ReasonCode[]) =>
    lines.find((line) =>
      reasonsOfOrder(whole, line, at).every(({ code }) => !against.includes(code)),
    );
  // of a line that is used nothing more is said than that; one that is in force no more is no line
  const asked =
    standsAs(...NOT_IN_FORCE, 'ORDER_LINE_TAKEN') ?? standsAs(...NOT_IN_FORCE) ?? lines[0];
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
  const reasons = notOverridden(found, state.whole.overrides.get(id)).filter(
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
