export {
  ENROLMENT_ALPHABET,
  ENROLMENT_CODE_LENGTH,
  readEnrolmentCode,
  writeEnrolmentCode,
} from './enrolment-code.js';
export { page, type Page } from './page.js';
export { problem, type Problem, type ProblemOf } from './problem.js';
export { recordSchema as commandRecord } from '@veinledger/domain';
export {
  committedCommand,
  type CommittedCommand,
  markedRecord,
  receipt,
  type Receipt,
  suspectMark,
  withheld,
} from './record.js';
