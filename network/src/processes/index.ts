export { processStart } from './identity.js';
export { lockHolder, releaseLock, takeLock, type LockHolder } from './lock.js';
export { followLog, lastLines } from './log.js';
export { LONGEST_WAIT_MS } from './patience.js';
export { pickFreeRange, requireFreePorts, type NeededPort } from './ports.js';
export { isAlive, ProcessRecords, type ProcessRecord } from './record.js';
export { endOf, runCommand, type CommandOptions, type CommandOutput } from './run.js';
export { processSpecSchema, startProcess, type ProcessSpec } from './start.js';
export { endProcess, stopProcess } from './stop.js';
