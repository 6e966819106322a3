import { aboutOf, usedBy } from '../account/about.js';
import { isDismissed } from '../account/dismissed.js';
import { isOf, type Said } from '../account/said.js';
import { coiOf } from '../account/standing.js';
import { type Thing, therapyOf } from '../account/things.js';
import type { Matter } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

/**
 * A word without standing is an alarm: approval, review and certification wait for what is upstream; a dose is stopped
 * only by a claim of wrong identity, tampering or loss.
 */
export const B2: Clause = {
  id: 'B2',
  gates: EVERY_GATE,
  forbids: (matter) =>
    matter.account.unheard
      .filter(
        (said) =>
          said.answer.outcome === 'recorded' &&
          !isDismissed(matter.account, matter.therapy.coi, said),
      )
      .filter((said) => matter.gate !== 'dose' || claimsGrave(said))
      .flatMap((said) => alarmed(matter, said).map((about) => ({ about, said })))
      .filter(({ about }) => matter.reaches({ about, why: '' }))
      .map(({ about, said }) => `${about}: alarm by ${said.actor}`),
};

/**
 * What a word without standing is about: of a thing that nobody had made then, the therapy that it was said under. An attempt
 * at a step is named by the process, and a lot by its maker, before anybody tells of it.
 */
function alarmed({ account }: Matter, said: Said): readonly Thing[] {
  const about = isOf(said, 'custody:DeriveItem') ? usedBy(said) : aboutOf(said);
  const coi = coiOf(said);
  return about.map((thing) => {
    const known = (account.origins.saidAt.get(thing) ?? Infinity) < said.index;
    const named = ['["lot"', '["step"'].some((noun) => thing.startsWith(noun));
    return coi === undefined || known || named ? thing : therapyOf(coi);
  });
}

/** Whether a word claims wrong identity, tampering or loss. */
export function claimsGrave(said: Said): boolean {
  if (isOf(said, 'custody:ReleaseItem')) {
    return said.body.identityCheck === 'mismatch' || said.body.labelRead !== said.body.item;
  }
  if (isOf(said, 'custody:ReceiveItem')) {
    return (
      said.body.labelRead !== said.body.item ||
      said.body.reason === 'seal-broken' ||
      said.body.reason === 'label'
    );
  }
  if (isOf(said, 'custody:DisposeItem')) return said.body.method === 'lost';
  if (isOf(said, 'custody:ReportLoss')) return true;
  if (isOf(said, 'custody:ReportFound')) return said.body.labelRead !== said.body.item;
  if (isOf(said, 'manufacturing:RecallLot')) return said.body.reason === 'identity';
  if (isOf(said, 'manufacturing:ReportDeviation')) return said.body.code === 'IDENTITY_SUSPECTED';
  if (isOf(said, 'manufacturing:RecallBatch')) {
    return said.body.reason === 'identity' || said.body.reason === 'labelling';
  }
  if (isOf(said, 'care:VerifyBedside')) return said.body.labelCoi !== said.body.coi;
  return false;
}
