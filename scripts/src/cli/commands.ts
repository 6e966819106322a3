import { audit } from './commands/audit.js';
import { bootstrap } from './commands/bootstrap.js';
import { giveConsent, requestConsent } from './commands/consents.js';
import { candidate } from './commands/candidate.js';
import { collect, receive, release } from './commands/custody.js';
import { enrol } from './commands/enrol.js';
import { exportTherapy } from './commands/export.js';
import { init } from './commands/init.js';
import { order } from './commands/order.js';
import { proposals } from './commands/proposals.js';
import { propose } from './commands/propose.js';
import { read } from './commands/read.js';
import { send } from './commands/send.js';
import { show } from './commands/show.js';
import { trace } from './commands/trace.js';
import { verify } from './commands/verify.js';
import { vote } from './commands/vote.js';
import type { CliCommand } from './command.js';

/** Every command that acts, in the order of the help; `completion` is made of them. */
export const COMMANDS: readonly CliCommand[] = [
  init,
  bootstrap,
  enrol,
  candidate,
  propose,
  vote,
  proposals,
  requestConsent,
  giveConsent,
  order,
  collect,
  release,
  receive,
  send,
  trace,
  show,
  read,
  exportTherapy,
  verify,
  audit,
];
