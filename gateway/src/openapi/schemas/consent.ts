export { consentSchema as consent } from '@veinledger/domain';
