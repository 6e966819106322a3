import type { Dose, DoseLine, Outcome, Verification } from '../care/care-record.js';
import type { Consent } from '../consent/consent-record.js';
import type { ConsentUsed } from '../consent/weighed.js';
import type { HandOff } from '../custody/hand-off-record.js';
import type { Item, ItemIndex } from '../custody/item.js';
import type { Readings } from '../custody/readings-record.js';
import type { Confirmation } from '../manufacturing/confirmation-record.js';
import type { Deviation, Hold } from '../manufacturing/deviation-record.js';
import type { Batch, Dataset, Design, Lot, Run, Use } from '../manufacturing/made.js';
import type { StepAttempt } from '../manufacturing/step-record.js';
import type { ProcessVersion } from '../process/definition.js';
import type { CommandPointer, CommandRecord, SignaturePointer } from './record.js';
import type { Actor, FormerKeys } from '../registry/actor.js';
import type { AgreedProcess } from '../registry/agreed-process.js';
import type { Governance } from '../registry/governance.js';
import type { Organisation } from '../registry/organisation.js';
import type { Proposal } from '../registry/proposal-record.js';
import type { PendingReenrolment } from '../registry/reenrolment-record.js';
import type { Bootstrapped } from '../registry/root.js';
import type { Session } from '../registry/session.js';
import type { SubjectRef } from './subject.js';
import type { Therapy } from '../therapy/therapy.js';

/** What a deviation or a hold can stop. */
export type BlockableEntity = Therapy | Item | StepAttempt | Dataset | Design | Batch;

/** Everything the ledger's state holds. */
export type Entity =
  | BlockableEntity
  | Bootstrapped
  | Governance
  | Organisation
  | Proposal
  | AgreedProcess
  | Actor
  | FormerKeys
  | PendingReenrolment
  | Session
  | ProcessVersion
  | ItemIndex
  | HandOff
  | Readings
  | Lot
  | Run
  | Use
  | Deviation
  | Hold
  | Confirmation
  | Consent
  | ConsentUsed
  | Verification
  | Dose
  | DoseLine
  | Outcome
  | CommandRecord
  | CommandPointer
  | SignaturePointer;

export type Noun = Entity['noun'];

/** The entity of a noun. */
export type EntityOf<N extends Noun> = Extract<Entity, { readonly noun: N }>;

/** How a deviation or a hold refers to an entity. */
export function refOf(entity: BlockableEntity): SubjectRef {
  switch (entity.noun) {
    case 'therapy':
      return { kind: 'therapy', coi: entity.coi };
    case 'step':
      return { kind: 'step', coi: entity.coi, id: entity.step, attempt: entity.attempt };
    default:
      return { kind: entity.noun, coi: entity.coi, id: entity.id };
  }
}
