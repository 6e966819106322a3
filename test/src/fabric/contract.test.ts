import { fabricBench } from '../support/fabric.js';
import { contractSuite } from '../contract/suite.js';

contractSuite('a real Fabric network', () => fabricBench(), { short: 12, long: 5 });
