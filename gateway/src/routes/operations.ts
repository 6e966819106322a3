import type { ActorDirectory } from '../auth/actor-directory.js';
import type { HolderOf } from '../auth/lasting-grant.js';
import type { CommandService } from '../commands/command-service.js';
import type { AnnexExchange } from '../exchange/exchange.js';
import type { EventService } from '../events/event-service.js';
import type { HookService } from '../events/webhooks/hook-service.js';
import type { Readiness } from '../health/readiness.js';
import type { SubmitterWallet } from '../identities/wallet.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { Ledger } from '@veinledger/ledger';
import { AnnexLister } from '../exchange/annex-list.js';
import { AnnexReader } from '../exchange/annex-reader.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { CourseIndex } from '../turnaround/course-index.js';
import { CommittedCommands } from '../reads/committed-commands.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import type { TherapyIndex } from '../reads/therapy-index.js';
import { OutlookReader } from '../reads/outlook-reader.js';
import { TherapyLists } from '../reads/therapy-lists.js';
import { WaitingReader } from '../reads/waiting-reader.js';
import { TurnaroundReader } from '../turnaround/turnaround-reader.js';
import { TraceReader } from '../trace-page/trace-reader.js';
import { TraceTickets } from '../reads/trace-tickets.js';
import type { AnnexVault } from '../vault/annex-vault.js';
import { commandOperations } from './command-operations.js';
import type { EnrolmentCodes } from '../enrolment/enrolment-codes.js';
import { enrolmentOperations } from './enrolment-operations.js';
import { eventOperations } from './event-operations.js';
import { jobOperations } from './job-operations.js';
import { type KeystoreOperationParts, keystoreOperations } from './keystore-operations.js';
import { ledgerLists } from './ledger-lists.js';
import { ledgerOperations } from './ledger-operations.js';
import type { AnyOperation } from '../operation/operation.js';
import { publicOperations } from './public-operations.js';
import { registeredLists } from './registered-lists.js';
import { registryLists } from './registry-lists.js';
import { registryOperations } from './registry-operations.js';
import { sparseOperations } from './sparse-operations.js';
import { therapyLists } from './therapy-lists.js';
import { therapyOperations } from './therapy-operations.js';
import { thingOperations } from './thing-operations.js';
import { traceOperations } from './trace-operations.js';
import { turnaroundOperations } from './turnaround-operations.js';
import { waitingOperations } from './waiting-operations.js';
import { webhookOperations } from './webhook-operations.js';
import { withdrawalOperations } from './withdrawal-operations.js';

/** What the operations are answered by. */
export interface OperationParts {
  readonly ledger: Ledger;
  /** network id of the consortium root */
  readonly network: string;
  readonly wallet: SubmitterWallet;
  readonly callers: CallerReader;
  readonly vault: AnnexVault;
  /** MSP id of the member whose gateway this is; left out where it is of several */
  readonly operator: string | undefined;
  /** left out where annexes do not travel */
  readonly exchange: AnnexExchange | undefined;
  readonly commands: CommandService;
  readonly readiness: Readiness;
  /** the OpenAPI document of these operations */
  readonly document: () => object;
  readonly cursors: CursorSeal;
  readonly directory: ActorDirectory;
  readonly holderOf: HolderOf;
  readonly jobs: JobQueue;
  readonly index: TherapyIndex;
  readonly courses: CourseIndex;
  /** left out where the gateway keeps nobody's keys */
  readonly keystore: Omit<KeystoreOperationParts, 'directory'> | undefined;
  readonly codes: EnrolmentCodes;
  readonly events: EventService;
  readonly hooks: HookService;
  /** the path below which callers see the gateway; empty at the root */
  readonly base: string;
}

/** Every operation of the gateway. */
export function operationsOf(parts: OperationParts): readonly AnyOperation[] {
  const { ledger, network, wallet, callers: reader, vault, commands, readiness, document } = parts;
  const { cursors, directory, holderOf, jobs, index, courses, keystore } = parts;
  const { codes, events, hooks, exchange, operator, base } = parts;
  const lists = new TherapyLists(reader);
  const outlooks = new OutlookReader(reader);
  const whole = [
    ...publicOperations(readiness, document, () => wallet.expiring()),
    ...commandOperations(commands),
    ...withdrawalOperations(commands),
    ...ledgerOperations(ledger, network, new CommittedCommands(reader, ledger)),
    ...ledgerLists(ledger, reader, cursors),
    ...therapyOperations(
      reader,
      outlooks,
      new AnnexReader(vault, reader, exchange),
      new AnnexLister(vault, reader, operator),
    ),
    ...thingOperations(lists),
    ...traceOperations(
      lists,
      new TraceReader(lists, outlooks, ledger),
      new TraceTickets(holderOf),
      base,
    ),
    ...therapyLists(lists, index, reader, cursors),
    ...waitingOperations(new WaitingReader(reader, index), cursors),
    ...turnaroundOperations(new TurnaroundReader(courses, reader)),
    ...registryOperations(reader),
    ...registryLists(reader, outlooks, cursors),
    ...registeredLists(reader, cursors),
    ...jobOperations(jobs, cursors, base),
    ...eventOperations(events),
    ...webhookOperations(hooks),
    ...enrolmentOperations({ codes, directory, cursors, network }),
    ...(keystore ? keystoreOperations({ ...keystore, directory }) : []),
  ];
  return [...whole, ...sparseOperations(whole)];
}
