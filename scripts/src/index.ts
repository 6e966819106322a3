export { runCommandLine, type Terminal } from './cli/program.js';
export * from './development/authorities.js';
export * from './development/consortium.js';
export * from './journey/index.js';
export * from './development/home.js';
export * from './development/open-embedded.js';
export * from './development/open-fabric.js';
