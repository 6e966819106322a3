export { openFabricNetwork } from './open.js';
export * from '../fabric/index.js';
