export { therapySchema as therapy } from '@veinledger/domain';
