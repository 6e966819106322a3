import type { ConsortiumRoot } from '@veinledger/domain';
import express, { type Express, Router } from 'express';
import { type Logger, pino } from 'pino';
import { ledgerDirectory } from './auth/actor-directory.js';
import { BearerCheck } from './auth/bearer-check.js';
import { configuredIssuers } from './auth/configured-issuers.js';
import { DEVELOPMENT_ISSUER_PATH, developmentIssuer } from './auth/development-issuer.js';
import { holdersBy } from './auth/lasting-grant.js';
import { rememberActors } from './auth/remembered-actors.js';
import { ledgerAlgorithms } from './auth/required-algorithms.js';
import type { BackupParts } from './backup/back-up.js';
import { BackupService } from './backup/backup-service.js';
import { CommandService } from './commands/command-service.js';
import type { EndorsementRule } from './commands/endorsers.js';
import type { GatewayConfig } from './config/config.js';
import { journalFile, stateFolder } from './config/places.js';
import { EnrolmentCodes } from './enrolment/enrolment-codes.js';
import { EventService } from './events/event-service.js';
import { type ExchangeListener } from './exchange/listener.js';
import { openExchange } from './exchange/open-exchange.js';
import { openHookService } from './events/webhooks/open-hook-service.js';
import { Readiness } from './health/readiness.js';
import { answerProblems } from './http/answer-problems.js';
import { beforeOperations } from './http/before-operations.js';
import { developmentIssuerRoutes } from './http/development-issuer-routes.js';
import { Lifecycle } from './health/lifecycle.js';
import { mountOperations } from './http/router.js';
import { IdempotencyService } from './idempotency/idempotency-service.js';
import { SubmitterWallet } from './identities/wallet.js';
import { JobQueue } from './jobs/job-queue.js';
import { backupJob } from './jobs/kinds/backup.js';
import { fetchAnnexesJob } from './jobs/kinds/fetch-annexes.js';
import { replayLedgerJob } from './jobs/kinds/replay-ledger.js';
import { verifyLedgerJob } from './jobs/kinds/verify-ledger.js';
import { WalletWatch } from './identities/wallet-watch.js';
import { Keystore } from './keystore/keystore.js';
import { relyingPartyOf } from './keystore/relying-party.js';
import { patientPages } from './patient-pages/patient-pages.js';
import { SubmissionJournal } from './journal/journal.js';
import type { Ledger } from '@veinledger/ledger';
import { type OpenApiDocument, openApiDocument } from './openapi/document.js';
import { CursorSeal } from './reads/cursor-seal.js';
import { CourseIndex } from './turnaround/course-index.js';
import { TherapyIndex } from './reads/therapy-index.js';
import { CallerReader } from './reads/caller-reader.js';
import type { KeystoreOperationParts } from './routes/keystore-operations.js';
import type { AnyOperation } from './operation/operation.js';
import { operationsOf } from './routes/operations.js';
import { GatewayState } from './state/gateway-state.js';
import { GatewayMetrics } from './telemetry/metrics.js';
import { observedLedger } from './telemetry/observed-ledger.js';
import { openTracing } from './telemetry/open-tracing.js';
import { watchTurnaround } from './turnaround/watch-turnaround.js';
import { watchGateway } from './telemetry/watch-gateway.js';
import { Upkeep } from './upkeep.js';
import { AnnexVault, type VaultReader } from './vault/annex-vault.js';

/** What a gateway needs besides its settings. */
export interface GatewayDependencies {
  /** whoever passes the ledger in closes it, after the gateway */
  readonly ledger: Ledger;
  readonly root: ConsortiumRoot;
  /** who sees annexes while endorsing; left out on a ledger where one peer endorses */
  readonly endorsement?: EndorsementRule | undefined;
  /** made from the settings when left out */
  readonly logger?: Logger;
  /** the path below which callers see the gateway, `/programmes/north`; at the root when left out */
  readonly base?: string;
  /** made when left out; whoever times an embedded ledger's verifier passes in where that is counted */
  readonly metrics?: GatewayMetrics;
}

/** A gateway that answers requests, and what it holds open. */
export interface GatewayApp {
  readonly handler: Express;
  readonly logger: Logger;
  readonly vault: AnnexVault;
  /** reads annexes from the vault, and from other members where they travel */
  readonly annexes: VaultReader;
  readonly metrics: GatewayMetrics;
  readonly readiness: Readiness;
  readonly lifecycle: Lifecycle;
  /** left out where no folder for backups is configured */
  readonly backups?: BackupService | undefined;
  /** Listens for other members' gateways; left out where annexes do not travel. */
  readonly listenForMembers?: (() => Promise<ExchangeListener>) | undefined;
  /** Ends the streams of events, which otherwise last as long as their listeners; new ones are refused. */
  endStreams(): void;
  /** Lets go of files and timers, last opened first; call it when no request is under way any more. */
  close(): Promise<void>;
}

/**
 * Opens a gateway's vault, journal and wallet, and makes its HTTP application.
 * @param address the gateway's own URL, known once it listens; by default as the settings say
 * @throws Error when one of them cannot be opened, those before it being closed again, or the wallet holds no identity of a founding member
 */
export async function initApp(
  config: GatewayConfig,
  dependencies: GatewayDependencies,
  address: () => string = () => `http://${config.host}:${config.port}`,
): Promise<GatewayApp> {
  const { root, endorsement, logger = pino({ level: config.logLevel }) } = dependencies;
  const { metrics = new GatewayMetrics(), base = '' } = dependencies;
  await using opening = new AsyncDisposableStack();
  const wallet = await SubmitterWallet.read(config.wallet);
  const members = root.organisations.map(({ id }) => id);
  const reader = () => wallet.ofAnyMember(members);
  wallet.requireAnyMember(members);
  const tracing = await openTracing(config);
  opening.defer(() => tracing?.close());
  const ledger = observedLedger(dependencies.ledger, tracing ? [tracing, metrics] : [metrics]);
  const vault = await AnnexVault.open(config.vault);
  const journal = await SubmissionJournal.open(journalFile(config));
  opening.defer(() => journal.close());
  const state = await GatewayState.open(stateFolder(config));
  opening.defer(() => state.close());
  const { network } = root;
  const lifecycle = new Lifecycle();
  const idempotency = new IdempotencyService(state, vault);
  const readiness = new Readiness({ lifecycle, ledger, folder: config.vault, reader });
  const index = new TherapyIndex(ledger, state);
  const courses = new CourseIndex(ledger, state);
  const partiesByBlocks = (coi: string) => index.parties(coi);
  const endorsers = endorsement && { ledger, rule: endorsement, partiesByBlocks };
  const commands = new CommandService({ ledger, network, wallet, vault, journal, endorsers });
  const directory = rememberActors(
    ledgerDirectory(ledger, root, reader, () => wallet.relay()),
    ledger,
  );
  const keystore = await keystoreOf(config, root, state, address);
  const backups = backupsOf(config, { ledger: dependencies.ledger, root, journal, state });
  const { operator } = config;
  const inside = { ledger, wallet, vault, state, therapies: index };
  const exchange = await openExchange({ config, ...inside, metrics, logger });
  opening.defer(() => exchange?.close());
  const callers = new CallerReader(ledger, wallet);
  const jobs = await JobQueue.open(
    [
      verifyLedgerJob(ledger),
      replayLedgerJob({ ledger, root, vault: exchange?.asking ?? vault, reader: callers }),
      ...(exchange ? [fetchAnnexesJob(vault, exchange.asking, operator)] : []),
      ...(backups ? [backupJob(backups, operator)] : []),
    ],
    state,
  );
  opening.defer(() => jobs.close());
  const algorithms = ledgerAlgorithms(ledger, reader);
  const holderOf = holdersBy(directory, algorithms);
  const events = new EventService({
    limits: config.events,
    ledger,
    reader: callers,
    directory,
    algorithms,
    logger,
  });
  opening.defer(() => events.close());
  const hooks = await openHookService({
    config,
    state,
    events,
    reader: callers,
    index,
    holderOf,
    logger,
  });
  opening.defer(() => hooks.close());
  let made: OpenApiDocument | undefined;
  const document = () => (made ??= openApiDocument(operations, { base, operator }));
  const operations: readonly AnyOperation[] = operationsOf({
    ledger,
    network,
    wallet,
    callers,
    vault,
    exchange: exchange?.asking,
    operator,
    commands,
    readiness,
    document,
    base,
    cursors: await CursorSeal.open(state),
    directory,
    holderOf,
    jobs,
    index,
    courses,
    keystore,
    codes: new EnrolmentCodes({ state, sealer: vault }),
    events,
    hooks,
  });
  const audience = () => config.audience ?? address();
  const development = config.developmentIssuer
    ? await developmentIssuer(config, { audience, origin: address })
    : undefined;
  const issuers = [...configuredIssuers(config), ...(development ? [development] : [])];
  const bearer = new BearerCheck({
    audience,
    directory,
    algorithms,
    issuers,
  });
  const upkeep = new Upkeep({ config, ledger, reader, vault, journal, idempotency, logger });
  const identities = () => wallet.identities;
  const watched = { ledger: dependencies.ledger, journal, vault, lifecycle, readiness, identities };
  opening.defer(watchGateway(metrics, watched));
  opening.defer(watchTurnaround(metrics, courses));
  const watch = new WalletWatch(wallet, logger);
  opening.defer(() => watch.stop());
  upkeep.start();
  opening.defer(() => upkeep.stop());
  opening.defer(() => backups?.stop());
  opening.defer(() => keystore?.keystore.close());

  const handler = express();
  handler.disable('x-powered-by');
  handler.disable('etag');
  handler.enable('case sensitive routing');
  handler.set('trust proxy', config.behindProxy === true ? 1 : config.behindProxy);
  const identityProvider =
    development &&
    Router().use(DEVELOPMENT_ISSUER_PATH, developmentIssuerRoutes(development, directory));
  handler.use(
    ...beforeOperations({
      config,
      logger,
      metrics,
      tracing,
      lifecycle,
      bearer,
      identityProvider,
      pages: await patientPages({ config, base, audience }),
      base,
    }),
  );
  mountOperations(handler, operations, document(), {
    environment: config.environment,
    lifecycle,
    idempotency,
  });
  handler.use(answerProblems(logger));
  const opened = opening.move();
  return {
    handler,
    logger,
    vault,
    annexes: exchange?.asking ?? vault,
    metrics,
    readiness,
    lifecycle,
    backups,
    listenForMembers: exchange?.listen,
    endStreams: () => events.endStreams(),
    close: () => opened.disposeAsync(),
  };
}

function backupsOf(
  { backups, vault, keystore }: GatewayConfig,
  parts: Pick<BackupParts, 'ledger' | 'root' | 'journal' | 'state'>,
): BackupService | undefined {
  if (backups === undefined) return undefined;
  const { folder, recipient } = backups;
  return new BackupService({ ...parts, vault, keystore, recipient }, folder);
}

async function keystoreOf(
  config: GatewayConfig,
  { network }: ConsortiumRoot,
  state: GatewayState,
  address: () => string,
): Promise<Pick<KeystoreOperationParts, 'keystore' | 'relyingParty'> | undefined> {
  const { keystore: directory, unlockMinutes } = config;
  if (directory === undefined) return undefined;
  const relyingParty = () => relyingPartyOf(config, address());
  const options = { directory, network, state, relyingParty, unlockMinutes };
  return { keystore: await Keystore.open(options), relyingParty };
}
