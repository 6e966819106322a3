import type { Training } from '@veinledger/domain';
import { z } from 'zod';
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

/** The inspection that a pack is made for, as it stands on record. */
export const namedInspection = z.looseObject({
  id: z.string(),
  host: z.string(),
  authority: z.string(),
  kind: z.string(),
  reference: z.string(),
  basis: z.string(),
});
export type NamedInspection = z.output<typeof namedInspection>;

/** What an inspector is given of one therapy. */
export interface Pack {
  readonly coi: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly network: string;
  readonly software: string;
  readonly ledger: { readonly name: string; readonly height: number; readonly intact: boolean };
  /** left out where none was named */
  readonly inspection?: NamedInspection;
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
