export { connectionSchema, readConnection, type Connection } from './connection.js';
export type { StartOptions } from './options.js';
export { startNetwork, type RunningNetwork } from './start.js';
export { networkStatus, type ChannelStatus, type NodeStatus } from './status.js';
export { verifyNetwork, type VerifyOptions } from './verify.js';
export { stopNetwork, type StopOptions } from './stop.js';
