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
export { readDeployment } from './process/run-as-process.js';
export { untilStopped } from './process/until-stopped.js';
export { GatewayMetrics } from './telemetry/metrics.js';
export { type Gateway, startGateway } from './server.js';
export { AnnexVault, type VaultReader } from './vault/annex-vault.js';
export type { EndorsementRule } from './commands/endorsers.js';
