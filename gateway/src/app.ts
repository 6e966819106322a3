import { join } from 'node:path';
import type { ConsortiumRoot } from '@veinledger/chaincode/domain';
import express, { type Express } from 'express';
import { type Logger, pino } from 'pino';
import { ledgerDirectory } from './auth/actor-directory.js';
import { BearerCheck } from './auth/bearer-check.js';
import { CommandDesk } from './commands/command-desk.js';
import type { EndorsementRule } from './commands/endorsers.js';
import type { GatewayConfig } from './config/config.js';
import { EventDesk } from './events/event-desk.js';
import { openHookDesk } from './events/webhooks/open-hook-desk.js';
import { answerProblems } from './http/answer-problems.js';
import { authenticate } from './http/authenticate.js';
import { docsPage } from './http/docs-page.js';
import { requestLog } from './http/request-log.js';
import { mountOperations } from './http/router.js';
import { securityHeaders } from './http/security-headers.js';
import { SubmitterWallet } from './identities/wallet.js';
import { SubmissionJournal } from './journal/journal.js';
import type { Ledger, SubmitterIdentity } from './ledger/port.js';
import { openApiDocument } from './openapi/document.js';
import { AnnexDesk } from './reads/annexes.js';
import { CallerReader } from './reads/caller-reader.js';
import { CommittedCommands } from './reads/committed-commands.js';
import { commandOperations } from './routes/command-operations.js';
import { eventOperations } from './routes/event-operations.js';
import { ledgerOperations } from './routes/ledger-operations.js';
import type { AnyOperation } from './routes/operation.js';
import { publicOperations } from './routes/public-operations.js';
import { registryOperations } from './routes/registry-operations.js';
import { therapyOperations } from './routes/therapy-operations.js';
import { GatewayState } from './state/gateway-state.js';
import { webhookOperations } from './routes/webhook-operations.js';
import { Upkeep } from './upkeep.js';
import { AnnexVault } from './vault/annex-vault.js';

/** What a gateway needs besides its settings. */
export interface GatewayDependencies {
  /** whoever passes the ledger in closes it, after the gateway */
  readonly ledger: Ledger;
  readonly root: ConsortiumRoot;
  /** who sees annexes while endorsing; left out on a ledger where one peer endorses */
  readonly endorsement?: EndorsementRule | undefined;
  /** made from the settings when left out */
  readonly logger?: Logger;
}

/** A gateway that answers requests, and what it holds open. */
export interface GatewayApp {
  readonly handler: Express;
  readonly logger: Logger;
  readonly vault: AnnexVault;
  /** Ends the streams of events, which otherwise last as long as their listeners; new ones are refused. */
  endStreams(): void;
  /** Lets go of files and timers; call it when no request is under way any more. */
  close(): Promise<void>;
}

/** What the journal and the state are called where the settings name none. */
const JOURNAL = 'submissions.jsonl';
const STATE = 'state';

/**
 * Opens a gateway's vault, journal and wallet, and makes its HTTP application.
 * @param audience what callers' tokens must name; by default as the settings say
 * @throws Error when one of them cannot be opened, or the wallet holds no identity of a founding member
 */
export async function initApp(
  config: GatewayConfig,
  dependencies: GatewayDependencies,
  audience: () => string = () => config.audience ?? `http://${config.host}:${config.port}`,
): Promise<GatewayApp> {
  const { ledger, root, endorsement, logger = pino({ level: config.logLevel }) } = dependencies;
  const wallet = await SubmitterWallet.read(config.wallet);
  const reader = readerOf(wallet, config, root);
  const vault = await AnnexVault.open(config.vault);
  const journal = await SubmissionJournal.open(config.journal ?? join(config.vault, JOURNAL));
  const state = await GatewayState.open(config.state ?? join(config.vault, STATE));
  const { network } = root;
  const desk = new CommandDesk({ ledger, network, wallet, vault, journal, endorsement });
  const directory = ledgerDirectory(ledger, root, reader);
  const callers = new CallerReader(ledger, wallet);
  const events = new EventDesk({
    limits: config.events,
    ledger,
    reader: callers,
    directory,
    logger,
  });
  const hooks = await openHookDesk({ config, state, events, reader: callers, directory, logger });
  const operations = operationsOf(ledger, root, callers, vault, desk, [
    ...eventOperations(events),
    ...webhookOperations(hooks),
  ]);
  const bearer = new BearerCheck({ audience, directory });
  const upkeep = new Upkeep({ config, ledger, reader, vault, journal, logger });
  upkeep.start();

  const handler = express();
  handler.disable('x-powered-by');
  handler.enable('case sensitive routing');
  handler.use(requestLog(logger), securityHeaders(config.environment), docsPage());
  handler.use(authenticate(bearer));
  mountOperations(handler, operations, documentOf(operations));
  handler.use(answerProblems(logger));
  const close = async () => {
    await upkeep.stop();
    await hooks.close();
    await events.close();
    await journal.close();
    await state.close();
  };
  return { handler, logger, vault, endStreams: () => events.endStreams(), close };
}

function operationsOf(
  ledger: Ledger,
  { network }: ConsortiumRoot,
  reader: CallerReader,
  vault: AnnexVault,
  desk: CommandDesk,
  events: readonly AnyOperation[],
): readonly AnyOperation[] {
  const operations: AnyOperation[] = [
    ...publicOperations(ledger, () => documentOf(operations)),
    ...commandOperations(desk),
    ...ledgerOperations(ledger, network, new CommittedCommands(reader, ledger)),
    ...therapyOperations(reader, new AnnexDesk(vault, reader)),
    ...registryOperations(reader),
    ...events,
  ];
  return operations;
}

const documents = new WeakMap<readonly AnyOperation[], ReturnType<typeof openApiDocument>>();

function documentOf(operations: readonly AnyOperation[]): ReturnType<typeof openApiDocument> {
  const made = documents.get(operations) ?? openApiDocument(operations);
  documents.set(operations, made);
  return made;
}

function readerOf(
  wallet: SubmitterWallet,
  config: GatewayConfig,
  { organisations }: ConsortiumRoot,
): SubmitterIdentity {
  const members = organisations.map((organisation) => organisation.id);
  const reader = wallet.ofAnyMember(members);
  if (reader) return reader;
  throw new Error(
    `wallet: expected an identity of ${members.join(' or ')}, found none in ${config.wallet}`,
  );
}
