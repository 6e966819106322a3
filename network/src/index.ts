export {
  describeBinaries,
  findFabric,
  findFabricCa,
  requireFabric,
  requireFabricCa,
  type Fabric,
  type FabricFailure,
  type FabricSearch,
  type FindFabricOptions,
} from './binaries/index.js';
export { NetworkError, type NetworkErrorCode } from './errors.js';
export {
  connectionSchema,
  networkStatus,
  readConnection,
  startNetwork,
  stopNetwork,
  type Connection,
  type ChannelStatus,
  type NodeStatus,
  type RunningNetwork,
  type StartOptions,
  type StopOptions,
} from './launcher/index.js';
export {
  DEFAULT_PROFILE_FILE,
  loadProfile,
  profileFile,
  type Channel,
  type Member,
  type Profile,
} from './profile/index.js';
