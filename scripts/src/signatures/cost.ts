import { JWS_ALGORITHMS, type JwsAlgorithm } from '@veinledger/domain';
import { buildCommand, generateActorKeys, nativeSigner } from '@veinledger/client/node';
import { Decrypter, Encrypter } from 'age-encryption';
import { lot, serialised } from '../journey/index.js';

/** What one signature takes on this machine, seconds; of signing medians. */
export interface Cost {
  readonly ed25519: number;
  readonly mlDsa65: number;
  /** both signatures of a command, as members require them */
  readonly both: number;
  /** opening keys that the gateway keeps by their owner's passphrase, which each electronic signature takes anew */
  readonly passphrase: number;
}

const SIGNATURES = 200;

/** Signs a command of common size again and again, and opens an age file as the keystore does. */
export async function measureCost(): Promise<Cost> {
  const signer = nativeSigner(generateActorKeys());
  const payload = buildCommand({
    ...{ network: 'N'.repeat(43), type: 'manufacturing:StartStep', actor: 'lab.technician' },
    body: {
      ...{ coi: 'H1234269000015', step: 'extraction', attempt: 1, datasets: [] },
      inputs: [serialised('block', '1'), lot('EX-1')],
    },
  });
  const signing = (algorithms: readonly JwsAlgorithm[]) =>
    medianOf(SIGNATURES, () => signer.sign(payload, 'vnd.veinledger.command+jws', algorithms));
  return {
    ed25519: await signing(['EdDSA']),
    mlDsa65: await signing(['ML-DSA-65']),
    both: await signing(JWS_ALGORITHMS),
    passphrase: await measurePassphrase(),
  };
}

async function measurePassphrase(): Promise<number> {
  const passphrase = 'correct horse battery staple';
  const sealing = new Encrypter();
  sealing.setPassphrase(passphrase);
  const sealed = await sealing.encrypt('identity');
  return medianOf(1, () => {
    const opening = new Decrypter();
    opening.addPassphrase(passphrase);
    return opening.decrypt(sealed, 'text');
  });
}

/** The median of what something takes, seconds. */
async function medianOf(times: number, act: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const started = performance.now();
    await act();
    taken.push((performance.now() - started) / 1000);
  }
  taken.sort((one, other) => one - other);
  return taken[Math.floor(times / 2)] ?? 0;
}
