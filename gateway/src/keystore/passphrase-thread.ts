import { parentPort, workerData } from 'node:worker_threads';
import { Decrypter, Encrypter } from 'age-encryption';
import type { PassphraseResult, PassphraseWork } from './passphrase.js';

/** What age says when nothing but the passphrase is wrong. */
const NO_MATCH = 'no identity matched';

async function work(task: PassphraseWork): Promise<PassphraseResult> {
  if (task.task === 'seal') {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(task.passphrase);
    if (task.workFactor !== undefined) encrypter.setScryptWorkFactor(task.workFactor);
    return { output: Buffer.from(await encrypter.encrypt(task.text)).toString('base64url') };
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(task.passphrase);
  try {
    return { output: await decrypter.decrypt(Buffer.from(task.sealed, 'base64url'), 'text') };
  } catch (error) {
    const wrong = error instanceof Error && error.message.includes(NO_MATCH);
    return { fault: wrong ? 'wrong-passphrase' : 'damaged' };
  }
}

parentPort?.postMessage(await work(workerData as PassphraseWork));
