import { isRelayed, type Role, ROLES, VeinledgerError, widestFirst } from '@veinledger/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { SubmitterIdentity } from '@veinledger/ledger';
import { ProblemError } from '../problems/problem.js';
import { holdsAt, readWalletFiles, stampOf, type WalletEntry, whyNotAt } from './wallet-files.js';

/** The label of the identities that carry patients' commands and nothing else. */
const RELAY = 'relay';

const MS_PER_DAY = 24 * 60 * 60_000;
/** How long before its end an identity is warned of. */
const WARNED_DAYS = 30;

/** An identity that is about to end, or has ended. */
export interface ExpiringIdentity {
  /** MSP id */
  readonly member: string;
  /** a role, or `relay` */
  readonly label: string;
  /** RFC 3339 */
  readonly until: string;
}

/** The X.509 identities by which this gateway speaks for members, one for each role. */
export class SubmitterWallet {
  readonly #directory: string;
  readonly #now: () => number;
  #entries: readonly WalletEntry[] = [];
  #stamp = '';

  private constructor(directory: string, now: () => number) {
    this.#directory = directory;
    this.#now = now;
  }

  /**
   * Reads `<directory>/<MSP id>/<label>/cert.pem` and `key.pem`, and `<directory>/<label>.id` of fabric-network.
   * @throws Error naming the identity whose files cannot be read or do not fit each other
   */
  static async read(directory: string, now: () => number = Date.now): Promise<SubmitterWallet> {
    const wallet = new SubmitterWallet(directory, now);
    await wallet.refresh();
    return wallet;
  }

  /**
   * Reads the files again when they have changed; tells whether they had. What was read before stays when they do not fit.
   * @throws Error as {@link SubmitterWallet.read}
   */
  async refresh(): Promise<boolean> {
    const stamp = await stampOf(this.#directory);
    if (stamp === this.#stamp) return false;
    this.#entries = await readWalletFiles(this.#directory);
    this.#stamp = stamp;
    return true;
  }

  /** Identities that end within 30 days, or have ended. */
  expiring(): readonly ExpiringIdentity[] {
    const soon = this.#now() + WARNED_DAYS * MS_PER_DAY;
    return this.#entries
      .filter(({ validUntil }) => validUntil < soon)
      .map(({ label, identity, validUntil }) => ({
        member: identity.mspId,
        label,
        until: new Date(validUntil).toISOString(),
      }));
  }

  /** Every identity that the wallet holds. */
  get identities(): readonly SubmitterIdentity[] {
    return this.#entries.map(({ identity }) => identity);
  }

  /**
   * An identity of any of these members, through which the gateway itself reads.
   * @throws ProblemError 503 NO_IDENTITY, IDENTITY_EXPIRED
   */
  ofAnyMember(mspIds: readonly string[]): SubmitterIdentity {
    const matches = ({ identity, label }: WalletEntry) =>
      mspIds.includes(identity.mspId) && label !== RELAY;
    for (const role of widestFirst(ROLES)) {
      const found = this.#valid((entry) => matches(entry) && entry.label === role);
      if (found) return found;
    }
    return this.#required(matches, mspIds.join(' or '));
  }

  /**
   * Looks whether {@link ofAnyMember} finds one: a gateway that cannot read does not start.
   * @throws Error naming the wallet's folder, and each identity whose certificate does not hold, with the time
   */
  requireAnyMember(mspIds: readonly string[]): void {
    try {
      this.ofAnyMember(mspIds);
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      const { expected, found } = cause.details;
      throw new Error(`wallet ${this.#directory}: expected ${expected}, found ${found}`, { cause });
    }
  }

  /** An identity that carries patients' commands and reads for them; undefined when the wallet holds none. */
  relay(): SubmitterIdentity | undefined {
    return this.#valid((entry) => entry.label === RELAY);
  }

  /**
   * The identity that carries a command: any relay for what a patient says, or who speaks for one, else the actor's
   * organisation's identity for a role that both the type names and the actor has.
   * @throws VeinledgerError ROLE_MISSING
   * @throws ProblemError 503 NO_IDENTITY or IDENTITY_EXPIRED when this gateway cannot speak for the actor
   */
  forCommand(actor: Caller, roles: readonly Role[]): SubmitterIdentity {
    const usable = roles.filter((role) => actor.roles.includes(role));
    if (isRelayed({ roles: usable })) return this.forPatients();
    if (usable.length > 0) return this.#speakingFor(actor, usable);
    throw new VeinledgerError('ROLE_MISSING', 'none of the roles that this command needs', {
      field: 'actor.roles',
      expected: roles.join(),
      found: actor.roles.join(),
    });
  }

  /**
   * The identity through which a caller reads: of their roles the one in which most is learnt, for contracts tell each
   * certificate what its roles learn.
   * @throws VeinledgerError NOT_ENTITLED for who speaks in a patient's place, who signs and reads nothing
   * @throws ProblemError 503 NO_IDENTITY, IDENTITY_EXPIRED
   */
  forReading(caller: Caller): SubmitterIdentity {
    if (isPatientCaller(caller)) return this.forPatients();
    if (caller.roles.includes('proxy')) {
      const explanation =
        'who speaks in a patient’s place signs, and is shown what by the hospital';
      throw new VeinledgerError('NOT_ENTITLED', explanation, { field: 'actor.roles' });
    }
    return this.#speakingFor(caller, widestFirst(caller.roles));
  }

  /**
   * The identity that carries what patients say.
   * @throws ProblemError 503 NO_IDENTITY, IDENTITY_EXPIRED
   */
  forPatients(): SubmitterIdentity {
    return this.#required((entry) => entry.label === RELAY, RELAY);
  }

  #speakingFor({ organisation }: Caller, roles: readonly string[]): SubmitterIdentity {
    const ofRole = (role: string) => (entry: WalletEntry) =>
      entry.identity.mspId === organisation && entry.label === role;
    for (const role of roles) {
      const found = this.#valid(ofRole(role));
      if (found) return found;
    }
    return this.#required(
      (entry) => roles.some((role) => ofRole(role)(entry)),
      `${organisation} as ${roles.join(' or ')}`,
    );
  }

  #valid(matches: (entry: WalletEntry) => boolean): SubmitterIdentity | undefined {
    const now = this.#now();
    return this.#entries.find((entry) => matches(entry) && holdsAt(entry, now))?.identity;
  }

  #required(matches: (entry: WalletEntry) => boolean, whose: string): SubmitterIdentity {
    const found = this.#valid(matches);
    if (found) return found;
    const now = this.#now();
    const unusable = this.#entries.filter(matches).map((entry) => whyNotAt(entry, now));
    throw new ProblemError({
      status: 503,
      ...(unusable.length > 0
        ? {
            code: 'IDENTITY_EXPIRED',
            detail:
              "no certificate of this gateway's identities that would carry the call holds now",
          }
        : {
            code: 'NO_IDENTITY',
            detail: 'this gateway holds no identity that may carry the call',
          }),
      field: 'wallet',
      expected: `an identity of ${whose} that holds at ${new Date(now).toISOString()}`,
      found: unusable.join('; ') || 'none',
    });
  }
}
