import { aboutOf, usedBy } from '../account/about.js';
import type { Type } from '../account/bodies.js';
import { wasDismissed } from '../account/dismissed.js';
import { isEvidence } from '../account/failures.js';
import { isOf, type Said } from '../account/said.js';
import { coiOf } from '../account/standing.js';
import { itemOf, runOf, type Thing, therapyOf } from '../account/things.js';
import type { Matter } from '../matter.js';
import { isSeen } from './b2-seen.js';
import { type Clause, EVERY_GATE } from './clause.js';

/**
 * A word without standing is an alarm: approval, review and certification wait for what is upstream; a dose is stopped
 * only by a claim of wrong identity, tampering or loss, until pharmacist and physician name it.
 */
export const B2: Clause = {
  id: 'B2',
  gates: EVERY_GATE,
  forbids: (matter) =>
    [...matter.account.unheard, ...early(matter)]
      .filter(
        (said) =>
          said.answer.outcome === 'recorded' &&
          !wasDismissed(matter.account, matter.therapy.coi, said),
      )
      .filter((said) => matter.gate !== 'dose' || claimsGrave(matter, said))
      .filter((said) => !isSeen(matter, said) && !saysAgain(matter, said))
      .flatMap((said) => alarmed(matter, said).map((about) => ({ about, said })))
      .filter(({ about }) => matter.touches({ about, why: '' }) || isOfEvidence(matter, about))
      .filter(({ about }) => matter.gate !== 'dose' || isMadeOf(matter, about))
      .map(({ about, said }) => `${about}: alarm by ${said.actor}`),
};

/** Whether somebody only says once more what they had said with standing, and what was not entered in error. */
function saysAgain({ account }: Matter, said: Said): boolean {
  const words = JSON.stringify(said.body);
  return (
    account.saysAgain(said) &&
    account
      .ever(said.type as Type)
      .some(
        ({ index, actor, body }) =>
          index < said.index && actor === said.actor && JSON.stringify(body) === words,
      )
  );
}

/**
 * What was said of a lot or of a run before it was registered: by those whom the register names as its owner since it counts
 * and is no alarm, unless it had been a mistake before.
 */
function early({ account }: Matter): readonly Said[] {
  if (account.off.has('B1')) return [];
  const { registrations } = account;
  return OF_SHARED.flatMap((type) => [...account.ever(type)]).filter((said) => {
    const since = registrations.behind(said)?.index ?? Infinity;
    const mistaken = (account.annulments.of(said)?.index ?? Infinity) < since;
    return since > said.index && (mistaken || registrations.countsFrom(said) === undefined);
  });
}

const OF_SHARED = ['manufacturing:RecallLot', 'manufacturing:ReportRunFailure'] as const;

/** Whether what is reviewed or certified is judged by an attempt in a run, though nothing was made of it (C1). */
function isOfEvidence(matter: Matter, about: Thing): boolean {
  if (matter.gate !== 'review' && matter.gate !== 'certification') return false;
  return matter.account
    .ever('manufacturing:ReportStep')
    .filter(({ body }) => body.run !== undefined && runOf(body.run) === about)
    .some((report) => isEvidence(matter, report));
}

/** Whether a dose was made of a thing, or is of its therapy: what tested its batch is reviewed, and is no part of it. */
function isMadeOf({ therapy, upstream }: Matter, about: Thing): boolean {
  return about === therapyOf(therapy.coi) || upstream.has(about);
}

/**
 * What a word without standing is about: of a thing that nobody had made then, the therapy that it was said under. A lot is
 * named by its maker before anybody tells of it.
 */
function alarmed({ account }: Matter, said: Said): readonly Thing[] {
  if (isOf(said, 'manufacturing:ReportDeviation') || isOf(said, 'manufacturing:PlaceHold')) {
    return [account.aboutKnown(said)];
  }
  const about = spokenOf(said);
  const coi = coiOf(said);
  if (about.length === 0 && coi !== undefined) return [therapyOf(coi)];
  return about.map((thing) =>
    coi === undefined || thing.startsWith('["lot"') || account.wasKnown(thing, said.index)
      ? thing
      : therapyOf(coi),
  );
}

/** The things that a word says something of which others have. */
function spokenOf(said: Said): readonly Thing[] {
  if (isOf(said, 'custody:DeriveItem')) return usedBy(said);
  return isOf(said, 'care:RecordAdministration') ? [itemOf(said.body.item)] : aboutOf(said);
}

/** Whether a word claims of a therapy's thing a wrong identity, tampering or a loss. */
function claimsGrave({ therapy }: Matter, said: Said): boolean {
  const coi = coiOf(said);
  // under whose therapy something is spoken of, theirs it is said to be
  if (coi !== undefined && coi !== therapy.coi) return true;
  return claimsIdentity(said, therapy.patient) || claimsTampering(said) || claimsLoss(said);
}

/** What a label may be read as that names no other thing. */
const UNREAD = ['unreadable', 'absent', 'no-identifier'];

function claimsIdentity(said: Said, patient: string): boolean {
  if (isOf(said, 'custody:ReleaseItem') && said.body.identityCheck === 'mismatch') return true;
  if (isOf(said, 'custody:ReceiveItem') && said.body.reason === 'label') return true;
  for (const type of HANDLED) {
    if (!isOf(said, type)) continue;
    return said.body.labelRead !== said.body.item && !UNREAD.includes(said.body.labelRead);
  }
  if (isOf(said, 'manufacturing:RecallLot')) return said.body.reason === 'identity';
  if (isOf(said, 'manufacturing:ReportRunFailure')) {
    return said.body.reason === 'sample-sheet-mixed';
  }
  if (isOf(said, 'manufacturing:ReportDeviation')) return said.body.code === 'IDENTITY_SUSPECTED';
  if (isOf(said, 'manufacturing:RecallBatch')) {
    return said.body.reason === 'identity' || said.body.reason === 'labelling';
  }
  if (!isOf(said, 'care:VerifyBedside')) return false;
  return said.body.labelCoi !== said.body.coi || said.body.patient !== patient;
}

/** That something is not as it left its holder's hands, or that something was taken of it. */
function claimsTampering(said: Said): boolean {
  if (isOf(said, 'custody:DeriveItem')) return true;
  if (isOf(said, 'custody:ReceiveItem')) {
    if (['seal-broken', 'damaged'].includes(said.body.reason ?? '')) return true;
  }
  return HANDLED.some((type) => isOf(said, type) && said.body.condition !== 'intact');
}

/** That something is no more where its holder has it: lost, destroyed or given. */
function claimsLoss(said: Said): boolean {
  if (isOf(said, 'care:RecordAdministration')) return said.body.course !== 'not-started';
  return isOf(said, 'custody:DisposeItem') || isOf(said, 'custody:ReportLoss');
}

const HANDLED = ['custody:ReleaseItem', 'custody:ReceiveItem', 'custody:ReportFound'] as const;
