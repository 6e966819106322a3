import { embeddedBench } from '../support/embedded.js';
import { contractSuite } from './suite.js';

contractSuite('the embedded ledger', () => embeddedBench());
