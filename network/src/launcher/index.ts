export { connectionSchema, readConnection, type Connection } from './connection.js';
export { logFileOf, startNode, stopNode } from './node-control.js';
export type { StartOptions } from './options.js';
export { renewCertificates, type Renewal, type RenewOptions } from './renew.js';
export { revokeIdentity, type Revocation, type RevokeOptions } from './revoke.js';
export { startNetwork, type RunningNetwork } from './start.js';
export { verifyNetwork, type VerifyOptions } from './verify.js';
export { networkStatus, type ChannelStatus, type NodeState, type NodeStatus } from './status.js';
export { stopNetwork, type StopOptions } from './stop.js';
