export { CHANNEL_PROFILE, configtx } from './configtx.js';
export { builderDir, coreConfig } from './core.js';
export { memberOrganisations, orderingNodes } from './cryptogen.js';
export { clusterCertificate, ordererConfig } from './orderer.js';
export { endorsementPolicy } from './policies.js';
