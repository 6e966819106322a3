export { type GatewayApp, type GatewayDependencies, initApp } from './app.js';
export {
  configFromEnvironment,
  type DeploymentConfig,
  type GatewayConfig,
  gatewayConfigFrom,
  type GatewaySettings,
  readGatewayConfig,
} from './config/config.js';
export { SettingsError } from './config/faults.js';
export { type BackupParts, backUp } from './backup/back-up.js';
export { restore, type Restored, type RestoreRequest } from './backup/restore.js';
export { startDeployedGateway } from './process/deployed-gateway.js';
export { startDeployedProgrammes } from './process/deployed-programmes.js';
export {
  readDeployment,
  readProcessSettings,
  serveUntilStopped,
} from './process/run-as-process.js';
export {
  type Programme,
  type ProgrammesGateway,
  type ServedProgramme,
  startProgrammes,
} from './programmes/start-programmes.js';
export { type ProgrammesConfig, programmesFrom } from './config/programmes.js';
export { databasesOf, type KeptDatabase, ofGateway } from './upgrade/kept-databases.js';
export {
  type UpgradedDatabase,
  upgradeDatabases,
  type UpgradeOptions,
} from './upgrade/upgrade-databases.js';
export { Html, html } from './trace-page/html.js';
export { untilStopped } from './process/until-stopped.js';
export { GatewayMetrics } from './telemetry/metrics.js';
export { type Gateway, startGateway } from './server.js';
export { AnnexVault, type VaultReader } from './vault/annex-vault.js';
export { identityFileOf } from './vault/vault-identity.js';
export { keepFilesPrivate, type UpgradeProgress } from '@veinledger/ledger/storage';
export type { EndorsementRule } from './commands/endorsers.js';
