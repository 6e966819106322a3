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
export {
  reportLines,
  type BlockDifference,
  type KeyDifference,
  type VerificationReport,
} from './compare/index.js';
export { type NegotiatedGroup } from './tls/index.js';
export { NetworkError, type NetworkErrorCode } from './errors.js';
export {
  connectionSchema,
  networkStatus,
  readConnection,
  startNetwork,
  startNode,
  stopNetwork,
  stopNode,
  upgradeNetwork,
  verifyNetwork,
  networkTlsGroups,
  type Connection,
  type ChannelStatus,
  type NodeState,
  type NodeStatus,
  type RunningNetwork,
  type StartOptions,
  type StopOptions,
  type UpgradeOptions,
  type UpgradeOutcome,
  type VerifyOptions,
} from './launcher/index.js';
export {
  DEFAULT_PROFILE_FILE,
  loadProfile,
  profileFile,
  type Channel,
  type Member,
  type Profile,
} from './profile/index.js';
