export { cacheDir, cachedBuildDir } from './cache.js';
export { FABRIC, FABRIC_CA, type Distribution } from './distribution.js';
export {
  findFabric,
  findFabricCa,
  type FabricFailure,
  type FabricSearch,
  type FindFabricOptions,
} from './find.js';
export type { Fabric, FabricSource } from './inspect.js';
export { describeBinaries, requireFabric, requireFabricCa } from './report.js';
