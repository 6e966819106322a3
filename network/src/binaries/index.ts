export { cacheDir, cachedBuildDir } from './cache.js';
export {
  findFabric,
  type FabricFailure,
  type FabricSearch,
  type FindFabricOptions,
} from './find.js';
export type { Fabric, FabricSource } from './inspect.js';
export { PROGRAMS, supportedVersions, type FabricVersion, type Program } from './versions.js';
