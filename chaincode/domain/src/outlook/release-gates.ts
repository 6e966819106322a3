import { reasonsOfAlarmsAtBedside } from '../gates/alarms.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import { reasonsOfConsent, usesAsked } from '../gates/consent.js';
import { reasonsOfBatch, reasonsOfKeeping, reasonsOfOpenTests } from '../gates/containers.js';
import { notExcepted, standingExceptions } from '../gates/exception.js';
import { upstreamWithTests } from '../graph/evidence.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { reasonsAgainstBatch, linksOfRelease } from '../manufacturing/release-batch.js';
import type { Batch } from '../nouns/batch.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects } from '../registry/suspicion.js';
import type { GateOutlook } from './outlook.js';
import { type OutlookState, recipientIn, suspectsUpstream } from './outlook-state.js';

/** What the next gate would say of a batch: its review, its certification, then that of each dose of it. */
export function outlookOfBatch(state: OutlookState, batch: Batch): GateOutlook {
  const subject = `batch ${batch.id}`;
  const excepted = batch.review && standingExceptions(state.whole, batch.id).length > 0;
  if (batch.certification || excepted) {
    return { subject, gate: 'care:AuthoriseDose', reasons: reasonsAtBedside(state, batch) };
  }
  const gate = batch.review ? 'manufacturing:CertifyBatch' : 'manufacturing:ReviewBatch';
  const reasons = [
    ...reasonsAtRelease(state, batch),
    ...(batch.review ? reasonsOfOpenTests(state.whole, [batch]) : []),
  ];
  return { subject, gate, reasons: notExcepted(state.whole, [batch], reasons) };
}

function reasonsAtRelease(state: OutlookState, batch: Batch): readonly Reason[] {
  const { whole, at } = state;
  const links = linksOfRelease(whole, batch.id);
  const tested = upstreamWithTests(whole, links);
  const suspects = suspectsUpstream(state, tested);
  const ancestry = upstreamOf(whole, links);
  return reasonsAgainstBatch({ whole, ancestry, tested, suspects }, batch, { transactionTime: at });
}

/** Of the batch alone: what is of one of its vials is told of the vial. */
function reasonsAtBedside(state: OutlookState, batch: Batch): readonly Reason[] {
  const { whole, consents, at } = state;
  const links = [{ kind: 'batch' as const, id: batch.id }];
  const ancestry = upstreamOf(whole, links);
  const asked = { item: '', verifications: [], alarmsSeen: [], physician: { principal: '' } };
  const recipient = recipientIn(state, holderOfVials(whole, batch));
  const reasons = distinct([
    ...reasonsOfBatch(whole, batch),
    ...reasonsOfOpenTests(whole, [batch]),
    ...reasonsOfKeeping(batch, at),
    ...reasonsOfChain(whole, ancestry),
    ...reasonsOfConsent(consents, usesAsked({ whole, ancestry, recipient }, at), false),
    ...reasonsOfAlarmsAtBedside(whole, ancestry, asked, at),
    ...reasonsOfSuspects(suspectsUpstream(state, upstreamWithTests(whole, links))),
  ]);
  return notExcepted(whole, [batch], reasons);
}

/** Who has the vials, and would give them: the first's holder that is known, else the therapy's quality. */
function holderOfVials({ items, therapy }: WholeTherapy, { vials }: Batch): string {
  const [holder] = vials.flatMap((id) => items.get(id)?.holder.organisation ?? []);
  return holder ?? therapy.quality;
}
