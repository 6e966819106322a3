export { HomeFiles } from './files.js';
export {
  neededPorts,
  planNetwork,
  portCount,
  type NodePort,
  type OrdererPlan,
  type PeerPlan,
  type Plan,
} from './plan.js';
