import { type Noun, NOUNS } from '../nouns/registry.js';
import { typeNameOf } from '../nouns/name.js';
import type { Readers } from '../nouns/noun.js';

/**
 * Whose affair a reading's answer is: of all members, of the therapy, the person or a person's organisation that its first
 * argument names, or of whom the answer itself names.
 */
export type ReadingOf = 'members' | 'therapy' | 'person' | 'organisation' | 'answer';

/** What a reading transaction answers. */
export interface Reading {
  readonly noun: Noun;
  readonly of: ReadingOf;
}

const OF_READERS: Readonly<Record<Readers, ReadingOf>> = {
  members: 'members',
  parties: 'therapy',
  'who-sees-the-actor': 'person',
  organisation: 'organisation',
};

/** What each reading transaction answers, and whose affair that is; one that is not named answers nobody through a gateway. */
export const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ...Object.values(NOUNS).flatMap(({ noun, read }): readonly [string, Reading][] => {
    if (read === undefined) return [];
    const name = noun === read.contract ? 'Read' : `Read${typeNameOf(noun)}`;
    return [[`${read.contract}:${name}`, { noun, of: OF_READERS[read.readers] }]];
  }),
  ['registry:ReadActor', { noun: 'actor', of: 'answer' }],
  ['registry:ListOrganisations', { noun: 'organisation', of: 'members' }],
  ['registry:ListAlgorithms', { noun: 'governance', of: 'members' }],
  ['registry:PageProposals', { noun: 'proposal', of: 'members' }],
  ['registry:PageActors', { noun: 'actor', of: 'answer' }],
  ['registry:ListFormerKeys', { noun: 'former-keys', of: 'person' }],
  ['process:Page', { noun: 'process', of: 'members' }],
  ['therapy:Read', { noun: 'therapy', of: 'answer' }],
  ['audit:TraceTherapy', { noun: 'therapy', of: 'answer' }],
  ['audit:PageTherapy', { noun: 'therapy', of: 'answer' }],
  ['audit:ReadCommand', { noun: 'record', of: 'answer' }],
  ['audit:PageSignedBy', { noun: 'signature', of: 'organisation' }],
  ['therapy:ReadNext', { noun: 'therapy', of: 'therapy' }],
  ['audit:ReadOutlook', { noun: 'therapy', of: 'therapy' }],
  ['quality:ListAlertsDue', { noun: 'alert', of: 'therapy' }],
  ['manufacturing:PageLotReach', { noun: 'lot-use', of: 'members' }],
  ['manufacturing:PageRunReach', { noun: 'run-use', of: 'members' }],
  ['consent:List', { noun: 'consent', of: 'person' }],
  ['manufacturing:PageLots', { noun: 'lot', of: 'members' }],
  ['manufacturing:PageRuns', { noun: 'run', of: 'members' }],
  ['manufacturing:ListLotUses', { noun: 'lot-use', of: 'members' }],
  ['manufacturing:ListRunUses', { noun: 'run-use', of: 'members' }],
  // what was said of a lot or a run is told to those who are told of it
  ['quality:ListLotAlarms', { noun: 'lot', of: 'members' }],
  ['quality:ListRunAlarms', { noun: 'run', of: 'members' }],
]);
