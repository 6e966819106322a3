export {
  CodeFiles,
  HomeFiles,
  IdentityFiles,
  MemberFiles,
  PublicFiles,
  SharedFiles,
} from './files.js';
export {
  planNetwork,
  portCount,
  withPorts,
  type ChaincodePlan,
  type ChannelPlan,
  type MemberPlan,
  type OrdererPlan,
  type PeerPlan,
  type Plan,
  type Sequences,
} from './plan.js';
export { neededPorts, OPERATIONS_HOST, type NodePort } from './ports.js';
