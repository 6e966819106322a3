import { distinct } from '../gates/chain.js';
import { upstreamOf } from '../graph/upstream.js';
import { reasonsAgainstDesign } from '../manufacturing/approve-design.js';
import type { Design } from '../nouns/design.js';
import type { GateOutlook } from './outlook.js';
import { type OutlookState, recipientIn, suspectsUpstream } from './outlook-state.js';
import { startOutlook } from './start-gate.js';

/** What the next gates would say of a design: its approval, then the start of each step that needs it approved. */
export function outlooksOfDesign(state: OutlookState, design: Design): readonly GateOutlook[] {
  const { whole, consents, at } = state;
  const subject = `design ${design.id}`;
  const links = [{ kind: 'design' as const, id: design.id }];
  const { steps } = whole.definition;
  if (design.approved) {
    const approving = steps.flatMap(({ id, attestedBy }) =>
      attestedBy === 'manufacturing:ApproveDesign' ? [id] : [],
    );
    return steps
      .filter(({ needs }) => needs.some((need) => approving.includes(need)))
      .filter(({ attestedBy }) => attestedBy === 'manufacturing:ReportStep')
      .map((step) => startOutlook(state, step, subject, links));
  }
  const ancestry = upstreamOf(whole, links);
  const suspects = suspectsUpstream(state, ancestry);
  const recipient = recipientIn(state, whole.therapy.quality);
  const judged = { whole, ancestry, consents, recipient, suspects };
  const reasons = reasonsAgainstDesign(judged, design.id, { transactionTime: at });
  return [{ subject, gate: 'manufacturing:ApproveDesign', reasons: distinct(reasons) }];
}
