export { page, type Page } from './page.js';
export { problem, type Problem, type ProblemOf } from './problem.js';
export {
  anyCode,
  commandRecord,
  committedCommand,
  type CommittedCommand,
  markedRecord,
  reason,
  receipt,
  type Receipt,
  scope,
  suspectMark,
  verdict,
} from './record.js';
