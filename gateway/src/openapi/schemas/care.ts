export {
  doseLineSchema as doseLine,
  doseSchema as dose,
  outcomeSchema as outcome,
  verificationSchema as verification,
} from '@veinledger/domain';
