import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VeinledgerError, type Role } from '@veinledger/chaincode/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { SubmitterIdentity } from '../ledger/port.js';
import { ProblemError } from '../problems/problem.js';

/** The label of the identities that carry patients' commands. */
const RELAY = 'relay';

interface Entry {
  /** a role, or `relay` */
  readonly label: string;
  readonly identity: SubmitterIdentity;
}

/** The X.509 identities by which this gateway speaks for members. */
export class SubmitterWallet {
  readonly #entries: readonly Entry[];

  private constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  /**
   * Reads `<directory>/<MSP id>/<label>/cert.pem` and `key.pem`.
   * @throws Error when the folder or a file of an identity cannot be read
   */
  static async read(directory: string): Promise<SubmitterWallet> {
    const entries: Entry[] = [];
    for (const mspId of await folders(directory)) {
      for (const label of await folders(join(directory, mspId))) {
        const folder = join(directory, mspId, label);
        const certificate = await readFile(join(folder, 'cert.pem'), 'utf8');
        const privateKey = await readFile(join(folder, 'key.pem'), 'utf8');
        entries.push({ label, identity: { mspId, certificate, privateKey } });
      }
    }
    return new SubmitterWallet(entries);
  }

  /** Every identity that the wallet holds. */
  get identities(): readonly SubmitterIdentity[] {
    return this.#entries.map(({ identity }) => identity);
  }

  /** An identity of any of these members, in the order given; undefined when the wallet holds none. */
  ofAnyMember(mspIds: readonly string[]): SubmitterIdentity | undefined {
    return this.#first((entry) => mspIds.includes(entry.identity.mspId) && entry.label !== RELAY);
  }

  /** An identity that carries patients' commands and reads for them; undefined when the wallet holds none. */
  relay(): SubmitterIdentity | undefined {
    return this.#first((entry) => entry.label === RELAY);
  }

  /**
   * The identity that carries a command: any relay for a patient's, else the actor's organisation's identity for a
   * role that both the type names and the actor has.
   * @throws VeinledgerError ROLE_MISSING
   * @throws ProblemError 503 NO_IDENTITY when this gateway cannot speak for the actor
   */
  forCommand(actor: Caller, roles: readonly Role[]): SubmitterIdentity {
    const usable = roles.filter((role) => actor.roles.includes(role));
    if (usable.length > 0) return this.#speakingFor(actor, usable);
    throw new VeinledgerError('ROLE_MISSING', 'none of the roles that this command needs', {
      field: 'actor.roles',
      expected: roles.join(),
      found: actor.roles.join(),
    });
  }

  /**
   * The identity through which a caller reads. An auditor reads as one.
   * @throws ProblemError 503 NO_IDENTITY
   */
  forReading(caller: Caller): SubmitterIdentity {
    const auditor = caller.roles.filter((role) => role === 'auditor');
    return this.#speakingFor(caller, [...auditor, ...caller.roles]);
  }

  #speakingFor(actor: Caller, roles: readonly string[]): SubmitterIdentity {
    const identity = isPatientCaller(actor)
      ? this.#first((entry) => entry.label === RELAY)
      : this.#ofRoles(actor.organisation, roles);
    if (identity) return identity;
    throw new ProblemError({
      status: 503,
      code: 'NO_IDENTITY',
      detail: 'this gateway holds no identity that may carry the call',
      expected: isPatientCaller(actor) ? RELAY : `${actor.organisation} as ${roles.join(' or ')}`,
    });
  }

  #ofRoles(mspId: string, roles: readonly string[]): SubmitterIdentity | undefined {
    for (const role of roles) {
      const found = this.#first((entry) => entry.identity.mspId === mspId && entry.label === role);
      if (found) return found;
    }
    return undefined;
  }

  #first(matches: (entry: Entry) => boolean): SubmitterIdentity | undefined {
    return this.#entries.find(matches)?.identity;
  }
}

async function folders(directory: string): Promise<string[]> {
  const children = await readdir(directory, { withFileTypes: true });
  return children
    .filter((child) => child.isDirectory())
    .map((child) => child.name)
    .sort();
}
