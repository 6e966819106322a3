/** What carrying out a command needs besides: for `@veinledger/chaincode`, which fits one version of the domain. */
export { unansweredChecks } from './gates/bedside.js';
export { reachIn, type Reach, type SharedThing } from './alerts/reach.js';
export { readWholeTherapy } from './graph/whole-therapy.js';
export { keptByPurpose } from './consent/by-purpose.js';
export { weighConsents } from './consent/weigh-consents.js';
export { statementOfRecord } from './graph/statements.js';
export { recallLot } from './manufacturing/recall-lot.js';
export { reportRunFailure } from './manufacturing/report-run-failure.js';
export { readNext } from './next/read-next.js';
export { readOutlook } from './outlook/read-outlook.js';
export { withoutConsents } from './outlook/without-consents.js';
export { attribute, type DeviceState } from './registry/attribution.js';
export { founderRegistrar } from './registry/bootstrap.js';
export { tallyOf } from './registry/settle.js';
export { Signers, suspectVotes } from './registry/suspects.js';
export { Remembered } from './signing/remembered.js';
