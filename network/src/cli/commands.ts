import { binaries } from './binaries.js';
import type { NetworkCommand } from './command.js';
import { renew, revoke, revokeTls } from './credentials.js';
import { down } from './down.js';
import { accept, assemble, found, prepare } from './founding.js';
import { admit, invite, join } from './joining.js';
import { logs } from './logs.js';
import { start, stop } from './node.js';
import { status } from './status.js';
import { up } from './up.js';
import { upgrade } from './upgrade.js';
import { verify } from './verify.js';

/** Every command, in the order of the help. */
export const COMMANDS: readonly NetworkCommand[] = [
  up,
  status,
  logs,
  stop,
  start,
  verify,
  upgrade,
  revoke,
  revokeTls,
  renew,
  binaries,
  found,
  prepare,
  accept,
  assemble,
  invite,
  join,
  admit,
  down,
];
