import {
  type Actor,
  actorKind,
  type Entity,
  type Lot,
  organisationId,
  type ProcessVersion,
  role,
  type Run,
} from '@veinledger/domain';
import { bookmarkAt } from '@veinledger/chaincode/replay';
import type { Caller } from '../auth/caller.js';
import { lot, run } from '../openapi/schemas/manufacturing.js';
import { actor, processVersion } from '../openapi/schemas/registry.js';
import type { ActorOperation } from '../operation/operation.js';
import type { CallerReader, EntityPage } from '../reads/caller-reader.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import { bookmarkedList } from '../reads/listing/bookmarked-list.js';
import type { Listing } from '../reads/listing/listing.js';
import { listOperation } from './list-operation.js';

const ACTOR_FILTERS = {
  organisation: { description: 'Only those of this member', schema: organisationId },
  role: { description: 'Only those who hold this role', schema: role },
  kind: { description: 'Only persons, devices or services', schema: actorKind },
};

/** Who was enrolled and what was registered, page by page: to each caller what they may read one by one. */
export function registeredLists(
  reader: CallerReader,
  cursors: CursorSeal,
): readonly ActorOperation[] {
  const listOf = <T extends Entity>(caller: Caller, transaction: string): Listing<T> =>
    bookmarkedList(async (size, bookmark) => {
      const page = await reader.read(caller, transaction, String(size), bookmark);
      const { entities: items, bookmark: next } = page as EntityPage<T>;
      return { items, bookmark: next };
    }, bookmarkAt);
  return [
    listOperation(cursors, {
      path: '/v1/actors',
      id: 'listActors',
      tag: 'registry',
      summary:
        'Staff, devices and services of every member, and the patients that the caller may know',
      parameters: {},
      item: actor,
      filters: ACTOR_FILTERS,
      list: ({ caller }) => listOf<Actor>(caller, 'registry:PageActors'),
      matches: ({ organisation, roles, kind }, asked) =>
        (asked.organisation === undefined || organisation === asked.organisation) &&
        (asked.role === undefined || roles.includes(asked.role)) &&
        (asked.kind === undefined || kind === asked.kind),
    }),
    listOperation(cursors, {
      path: '/v1/processes',
      id: 'listProcesses',
      tag: 'process',
      summary: 'The published process definitions with their hashes, by id and version',
      parameters: {},
      item: processVersion,
      filters: {},
      list: ({ caller }) => listOf<ProcessVersion>(caller, 'process:Page'),
    }),
    listOperation(cursors, {
      path: '/v1/lots',
      id: 'listLots',
      tag: 'manufacturing',
      summary: 'The reagent and vector lots, by id',
      parameters: {},
      item: lot,
      filters: {},
      list: ({ caller }) => listOf<Lot>(caller, 'manufacturing:PageLots'),
    }),
    listOperation(cursors, {
      path: '/v1/runs',
      id: 'listRuns',
      tag: 'manufacturing',
      summary: 'The sequencing runs, by id',
      parameters: {},
      item: run,
      filters: {},
      list: ({ caller }) => listOf<Run>(caller, 'manufacturing:PageRuns'),
    }),
  ];
}
