export { requireApprovedCode, type ChaincodeStart } from './approved.js';
export { writeBuilder } from './builder.js';
export { bundleChaincode } from './bundle.js';
export { chaincodeCodeSchema, describeCode, type ChaincodeCode } from './code.js';
export { createChaincodeLink } from './link.js';
export { packageChaincode, packagedCode, type ChaincodePackage } from './package.js';
export { chaincodeProcess } from './process.js';
