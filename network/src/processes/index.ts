export { processStart } from './identity.js';
export { pickFreeRange, portOwner, requireFreePorts, type NeededPort } from './ports.js';
export { isAlive, ProcessRecords, type ProcessRecord } from './record.js';
export { endOf, runCommand, type CommandOptions } from './run.js';
export { startProcess, type ProcessSpec } from './start.js';
export { stopProcess } from './stop.js';
