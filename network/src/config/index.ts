export { CHANNEL_PROFILE, configtx, organisation } from './configtx.js';
export { builderDir, coreConfig } from './core.js';
export { nodeEnvironment } from './environment.js';
export { ordererConfig } from './orderer.js';
export { endorsementPolicy } from './policies.js';
