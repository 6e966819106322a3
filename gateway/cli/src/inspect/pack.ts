import type { Training } from '@veinledger/domain';
import type { ExportReport } from '../export/check-export.js';
import type { SeenProposal } from '../read-proposals.js';
import type { ChangedThing } from './old-and-new.js';
import type { MarkedRecord, ReadProcess, WithAccess } from './read-pack.js';
import type { Requirement } from './requirements.js';

/** A command of the trail: its record, and what it changed. */
export interface TrailEntry {
  readonly record: MarkedRecord;
  /** left out where it was not decided anew: the reader is not told all that it rests on */
  readonly changed?: readonly ChangedThing[];
}

/** What an inspector is given of one therapy. */
export interface Pack {
  readonly coi: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly network: string;
  readonly software: string;
  readonly ledger: { readonly name: string; readonly height: number; readonly intact: boolean };
  readonly therapy: {
    readonly patient: string;
    readonly process: { readonly id: string; readonly version: string };
    readonly parties: readonly string[];
  };
  readonly restored: ExportReport;
  readonly requirements: readonly Requirement[];
  readonly access: readonly WithAccess[];
  /** of those who signed here, as it was recorded last */
  readonly trainings: readonly Training[];
  readonly trail: readonly TrailEntry[];
  readonly processes: readonly ReadProcess[];
  readonly proposals: readonly SeenProposal[];
  /** names of files that were taken in as they are */
  readonly attached: readonly string[];
}
