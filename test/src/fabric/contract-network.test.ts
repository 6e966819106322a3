import { contractSuite } from '../contract/suite.js';
import { fabricBench } from '../support/fabric.js';

contractSuite(
  'a real Fabric network with Raft, through fabric-network',
  () => fabricBench({ client: 'fabric-network', profile: 'raft' }),
  { short: 12, long: 5 },
);
