import {
  actorId,
  type Alarm,
  alarmSchema,
  type Algorithm,
  CHANGE_KINDS,
  type FormerKeys,
  localId,
  lotId,
  type Organisation,
  organisationId,
  type Use,
} from '@veinledger/domain';
import { bookmarkAt } from '@veinledger/chaincode/replay';
import { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import { standingConsent } from '../openapi/schemas/consent.js';
import { algorithm, proposal, proposalState } from '../openapi/schemas/governance.js';
import { lotReach, lotUse, runReach } from '../openapi/schemas/manufacturing.js';
import { markedSignature } from '../openapi/schemas/record.js';
import { formerKeys, organisation } from '../openapi/schemas/registry.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import type { OutlookReader } from '../reads/outlook-reader.js';
import { bookmarkedList } from '../reads/listing/bookmarked-list.js';
import type { Listing } from '../reads/listing/listing.js';
import { wholeList } from '../reads/listing/whole-list.js';
import { listOperation } from './list-operation.js';
import { type ActorOperation, parameterOf, type Question } from '../operation/operation.js';
import { readShared } from './registry-operations.js';

interface SignedPage {
  readonly signatures: readonly z.output<typeof markedSignature>[];
  readonly bookmark: string;
}

interface ReachPage<R> {
  readonly reached: readonly R[];
  readonly bookmark: string;
}

interface ProposalPage {
  readonly proposals: readonly z.output<typeof proposal>[];
  readonly bookmark: string;
}

const PROPOSAL_FILTERS = {
  state: { description: 'Only those in this state', schema: proposalState },
  kind: { description: 'Only changes of this kind', schema: z.enum(CHANGE_KINDS) },
  awaits: {
    description: 'Only open ones on which this organisation has not voted',
    schema: organisationId,
  },
};

/** Members, what they vote on, what actors signed, patients' consents, and uses of lots, page by page. */
export function registryLists(
  reader: CallerReader,
  outlooks: OutlookReader,
  cursors: CursorSeal,
): readonly ActorOperation[] {
  const listOf = async <T>(caller: Caller, transaction: string, ...args: readonly string[]) =>
    (await reader.read(caller, transaction, ...args)) as readonly T[];
  return [
    listOperation(cursors, {
      path: '/v1/organisations',
      id: 'listOrganisations',
      tag: 'registry',
      summary: 'Every member',
      parameters: {},
      item: organisation,
      filters: {},
      list: ({ caller }) =>
        wholeList(
          () => listOf<Organisation>(caller, 'registry:ListOrganisations'),
          ({ id }) => id,
        ),
    }),
    listOperation(cursors, {
      path: '/v1/algorithms',
      id: 'listAlgorithms',
      tag: 'registry',
      summary: 'By what commands are signed, as members agreed: every required one, and no other',
      parameters: {},
      item: algorithm,
      filters: {},
      list: ({ caller }) =>
        wholeList(
          () => listOf<Algorithm>(caller, 'registry:ListAlgorithms'),
          ({ id }) => id,
        ),
    }),
    listOperation(cursors, {
      path: '/v1/proposals',
      id: 'listProposals',
      tag: 'registry',
      summary: 'The changes that members vote on or voted on, by id',
      parameters: {},
      item: proposal,
      filters: PROPOSAL_FILTERS,
      list: ({ caller }) =>
        bookmarkedList(async (size, bookmark) => {
          const asked = [String(size), bookmark];
          const page = await reader.read(caller, 'registry:PageProposals', ...asked);
          const { proposals, bookmark: next } = page as ProposalPage;
          return { items: proposals, bookmark: next };
        }, bookmarkAt),
      matches: ({ state, change, votes }, asked) =>
        (asked.state === undefined || state === asked.state) &&
        (asked.kind === undefined || change.kind === asked.kind) &&
        (asked.awaits === undefined ||
          (state === 'open' && votes.every(({ organisation: by }) => by !== asked.awaits))),
    }),
    listOperation(cursors, {
      path: '/v1/actors/{actor}/signatures',
      id: 'listSignatures',
      tag: 'audit',
      summary: 'Everything an actor signed, for the actor, its organisation and auditors',
      parameters: { actor: { schema: actorId } },
      item: markedSignature,
      filters: {},
      list: (question) =>
        bookmarkedList(async (size, bookmark) => {
          const asked = [parameterOf(question, 'actor'), String(size), bookmark];
          const page = await reader.read(question.caller, 'audit:PageSignedBy', ...asked);
          const { signatures, bookmark: next } = page as SignedPage;
          return { items: signatures, bookmark: next };
        }, bookmarkAt),
    }),
    listOperation(cursors, {
      path: '/v1/actors/{actor}/keys',
      id: 'listFormerKeys',
      tag: 'registry',
      summary:
        'The keys that an actor held before, with the transaction times between which they held',
      parameters: { actor: { schema: actorId } },
      item: formerKeys,
      filters: {},
      list: (question) => {
        const id = parameterOf(question, 'actor');
        return wholeList(
          () => listOf<FormerKeys>(question.caller, 'registry:ListFormerKeys', id),
          ({ kid }) => kid,
        );
      },
    }),
    listOperation(cursors, {
      path: '/v1/patients/{patient}/consents',
      id: 'listConsents',
      tag: 'consent',
      summary: "A patient's decisions, of every purpose, each with how it stands now",
      parameters: { patient: { schema: actorId } },
      item: standingConsent,
      filters: {},
      list: (question) => {
        const { caller } = question;
        const patient = parameterOf(question, 'patient');
        return wholeList(
          () => outlooks.consents(caller, patient),
          ({ purpose, id }) => `${purpose} ${id}`,
        );
      },
    }),
    listOperation(cursors, {
      path: '/v1/lots/{lot}/uses',
      id: 'listLotUses',
      tag: 'manufacturing',
      summary: "Every step that used a lot, of the caller's therapies; of all for an auditor",
      parameters: { lot: { schema: lotId } },
      item: lotUse,
      filters: {},
      list: (question) => usesOf(reader, question, 'manufacturing:ListLotUses', 'lot'),
    }),
    listOperation(cursors, {
      path: '/v1/lots/{lot}/reach',
      id: 'listLotReach',
      tag: 'manufacturing',
      summary:
        'Every step that used a lot, with the batches and the doses given that it went into; for whom its uses are',
      parameters: { lot: { schema: lotId } },
      item: lotReach,
      filters: {},
      list: (question) =>
        reachedBy<z.output<typeof lotReach>>(reader, question, 'manufacturing:PageLotReach', 'lot'),
    }),
    listOperation(cursors, {
      path: '/v1/runs/{run}/uses',
      id: 'listRunUses',
      tag: 'manufacturing',
      summary:
        "Every step that was done in a run, of the caller's therapies; of all for an auditor",
      parameters: { run: { schema: localId } },
      item: lotUse,
      filters: {},
      list: (question) => usesOf(reader, question, 'manufacturing:ListRunUses', 'run'),
    }),
    listOperation(cursors, {
      path: '/v1/runs/{run}/reach',
      id: 'listRunReach',
      tag: 'manufacturing',
      summary:
        'Every step that was done in a run, with the batches and the doses given that it went into; for whom its uses are',
      parameters: { run: { schema: localId } },
      item: runReach,
      filters: {},
      list: (question) =>
        reachedBy<z.output<typeof runReach>>(reader, question, 'manufacturing:PageRunReach', 'run'),
    }),
    listOperation(cursors, {
      path: '/v1/lots/{lot}/alarms',
      id: 'listLotAlarms',
      tag: 'quality',
      summary: 'The alarms about a lot, for its owner and auditors',
      parameters: { lot: { schema: lotId } },
      item: alarmSchema,
      filters: {},
      list: (question) => alarmsOf(reader, question, 'quality:ListLotAlarms', 'lot'),
    }),
    listOperation(cursors, {
      path: '/v1/runs/{run}/alarms',
      id: 'listRunAlarms',
      tag: 'quality',
      summary: 'The alarms about a sequencing run, for its owner and auditors',
      parameters: { run: { schema: localId } },
      item: alarmSchema,
      filters: {},
      list: (question) => alarmsOf(reader, question, 'quality:ListRunAlarms', 'run'),
    }),
  ];
}

function usesOf(
  reader: CallerReader,
  question: Question,
  transaction: string,
  name: 'lot' | 'run',
): Listing<Use> {
  return wholeList(
    async () => (await readShared(reader, question, transaction, name)) as readonly Use[],
    ({ coi, step, attempt }) => `${coi} ${step} ${String(attempt).padStart(2, '0')}`,
  );
}

/** Page by page, since each therapy that is reached is read whole. */
function reachedBy<R extends Use>(
  reader: CallerReader,
  question: Question,
  transaction: string,
  name: 'lot' | 'run',
): Listing<R> {
  const { caller } = question;
  const asked = parameterOf(question, name);
  return bookmarkedList(
    async (size, bookmark) => {
      const page = await reader.read(caller, transaction, asked, String(size), bookmark);
      const { reached, bookmark: next } = page as ReachPage<R>;
      return { items: reached, bookmark: next };
    },
    ({ noun, of, coi, step, attempt }) => bookmarkAt({ noun, of, coi, step, attempt }),
  );
}

function alarmsOf(
  reader: CallerReader,
  question: Question,
  transaction: string,
  name: 'lot' | 'run',
): Listing<Alarm> {
  return wholeList(
    async () => (await readShared(reader, question, transaction, name)) as readonly Alarm[],
    ({ organisation }) => organisation,
  );
}
