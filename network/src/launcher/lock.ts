import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { NetworkError } from '../errors.js';
import { HomeFiles } from '../plan/index.js';
import { processStart } from '../processes/index.js';

/**
 * Runs some work while no other launcher works on the same home folder. A lock whose launcher died is
 * taken over.
 * @throws NetworkError HOME_LOCKED naming the process that holds it
 */
export async function withLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const file = new HomeFiles(home).lock;
  mkdirSync(home, { recursive: true });
  acquire(file, true);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function acquire(file: string, takeOver: boolean): void {
  try {
    writeFileSync(file, `${process.pid} ${processStart(process.pid) ?? ''}`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const [pid = '', ...start] = readFileSync(file, 'utf8').split(' ');
    if (!takeOver || processStart(Number(pid)) === start.join(' ')) {
      throw new NetworkError('HOME_LOCKED', `${file} is held by process ${pid}`);
    }
    rmSync(file, { force: true });
    acquire(file, false);
  }
}
