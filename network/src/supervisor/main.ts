import { HomeFiles } from '../plan/index.js';
import { releaseLock, takeLock } from '../processes/index.js';
import { Supervisor } from './supervisor.js';

const [home] = process.argv.slice(2);
if (home === undefined) throw new Error('expected a home folder, found nothing');
const { lock } = new HomeFiles(home).supervisor;
const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);

const supervisor = new Supervisor(home, log);
// before the lock tells others whom to signal
process.on('SIGHUP', () => {
  try {
    supervisor.reload();
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
  }
});
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    void supervisor.close().then(() => {
      releaseLock(lock);
      log('closed');
      process.exit(0);
    });
  });
}
takeLock(lock);
supervisor.start();
log(`supervises ${home}`);
