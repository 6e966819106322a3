export { type GatewayApp, type GatewayDependencies, initApp } from './app.js';
export {
  configFromEnvironment,
  type GatewayConfig,
  type GatewaySettings,
  readGatewayConfig,
} from './config/config.js';
export { type Gateway, startGateway } from './server.js';
export { AnnexVault, type VaultReader } from './vault/annex-vault.js';
export type { EndorsementRule } from './commands/endorsers.js';
