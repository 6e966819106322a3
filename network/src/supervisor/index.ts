export { BackOff } from './back-off.js';
export { endSupervisor, ensureSupervisor, notifySupervisor, supervisorOf } from './control.js';
export { SupervisedProcesses, type Health, type Supervised } from './supervised.js';
