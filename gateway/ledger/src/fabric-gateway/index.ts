export { openFabricGateway, type FabricGatewayOptions } from './open.js';
export * from '../fabric/index.js';
export { answering } from './peer-answers.js';
