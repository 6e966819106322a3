import { msp } from '@hyperledger/fabric-protos';
import { isIssuedBy, readCertificate, type Certificate } from './certificate.js';
import { NodeOus, type NodeRole } from './node-ous.js';
import { RevocationList } from './revocation.js';

/** More authorities above an identity than this are taken for a circle. */
const LONGEST_CHAIN = 8;

/** One organisation's authorities and rules, as a channel's configuration holds them. */
export class Msp {
  readonly id: string;
  readonly #roots: readonly Certificate[];
  readonly #intermediates: readonly Certificate[];
  readonly #admins: ReadonlySet<string>;
  readonly #nodeOus: NodeOus;
  readonly #revocations: readonly RevocationList[];

  private constructor(config: msp.FabricMSPConfig, revocations: readonly RevocationList[]) {
    this.id = config.getName();
    this.#roots = config.getRootCertsList_asU8().map(readCertificate);
    this.#intermediates = config.getIntermediateCertsList_asU8().map(readCertificate);
    this.#admins = new Set(
      config.getAdminsList_asU8().map((pem) => readCertificate(pem).fingerprint),
    );
    this.#nodeOus = new NodeOus(config.getFabricNodeOus());
    this.#revocations = revocations;
  }

  /**
   * Reads a serialised `FabricMSPConfig`.
   * Throws an Error when one of its certificates or revocation lists cannot be read.
   */
  static async read(bytes: Uint8Array): Promise<Msp> {
    const config = msp.FabricMSPConfig.deserializeBinary(bytes);
    const revocations = config.getRevocationListList_asU8().map((each) => new RevocationList(each));
    const read = new Msp(config, revocations);
    for (const list of revocations) {
      for (const authority of [...read.#roots, ...read.#intermediates]) await list.prove(authority);
    }
    return read;
  }

  /** Why a certificate is no identity of this organisation; undefined when it is one. */
  fault(certificate: Certificate): string | undefined {
    if (certificate.x509.ca) return 'a certificate authority is no identity';
    const issuer = this.#issuerOf(certificate);
    if (issuer === undefined) return `not issued by an authority of ${this.id}`;
    if (this.#revocations.some((list) => list.revokes(certificate, issuer))) {
      return `revoked by ${this.id}`;
    }
    if (this.#nodeOus.enforced && this.#nodeOus.roleOf(certificate, issuer) === undefined) {
      return `not one role in ${this.id}, by its units ${certificate.units.join(', ')}`;
    }
    return undefined;
  }

  /** Whether a certificate without a {@link fault} has a role. */
  hasRole(certificate: Certificate, role: NodeRole): boolean {
    if (role === 'admin' && this.#admins.has(certificate.fingerprint)) return true;
    const issuer = this.#issuerOf(certificate);
    if (!this.#nodeOus.enforced || issuer === undefined) return false;
    return this.#nodeOus.roleOf(certificate, issuer) === role;
  }

  /** The authority that issued a certificate, when a chain of authorities leads from it to a root. */
  #issuerOf(certificate: Certificate, length = 0): Certificate | undefined {
    const root = this.#roots.find((each) => isIssuedBy(certificate, each));
    if (root !== undefined || length === LONGEST_CHAIN) return root;
    return this.#intermediates.find(
      (each) => isIssuedBy(certificate, each) && this.#issuerOf(each, length + 1) !== undefined,
    );
  }
}
