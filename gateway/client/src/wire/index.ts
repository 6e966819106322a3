export { page, type Page } from './page.js';
export { problem, type Problem, type ProblemOf } from './problem.js';
export {
  anyCode,
  commandRecord,
  committedCommand,
  type CommittedCommand,
  reason,
  receipt,
  type Receipt,
  scope,
  verdict,
} from './record.js';
