export { chaincodeStartSchema, requireApprovedCode, type ChaincodeStart } from './approved.js';
export { writeBuilder, writeService } from './builder.js';
export { bundleChaincode } from './bundle.js';
export {
  chaincodeCodeSchema,
  describeCode,
  readNamed,
  sha256,
  type ChaincodeCode,
} from './code.js';
export { createChaincodeLink, hasChaincodeLink } from './link.js';
export { packageChaincode, packagedCode, type ChaincodePackage } from './package.js';
export { chaincodeProcess, type ChaincodeSoftware } from './process.js';
