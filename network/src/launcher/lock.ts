import { HomeFiles } from '../plan/index.js';
import { releaseLock, takeLock } from '../processes/index.js';

/**
 * Runs some work while no other launcher works on the same home folder. A lock whose launcher died is
 * taken over.
 * @throws NetworkError HOME_LOCKED naming the process that holds it
 */
export async function withLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const file = new HomeFiles(home).lock;
  takeLock(file);
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}
