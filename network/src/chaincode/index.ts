export { writeBuilder } from './builder.js';
export { digestCode, type ChaincodeCode } from './code.js';
export { createChaincodeLink } from './link.js';
export { packageChaincode, type ChaincodePackage } from './package.js';
export { chaincodeProcess } from './process.js';
