import { HomeFiles } from '../plan/index.js';
import { releaseLock, takeLock } from '../processes/index.js';

/** When what this process does last in a home has ended, by the home's lock file. */
const turns = new Map<string, Promise<void>>();

/**
 * Runs some work while no other launcher works on the same home folder. Works of this process take turns: one that
 * nobody waits for any more ends first. A lock whose launcher died is taken over.
 * @throws NetworkError HOME_LOCKED naming the other process that holds it
 */
export async function withLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const file = new HomeFiles(home).lock;
  const turn = (turns.get(file) ?? Promise.resolve()).then(() => locked(file, work));
  const ended = turn.then(
    () => undefined,
    () => undefined,
  );
  turns.set(file, ended);
  try {
    return await turn;
  } finally {
    if (turns.get(file) === ended) turns.delete(file);
  }
}

async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  takeLock(file);
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}
