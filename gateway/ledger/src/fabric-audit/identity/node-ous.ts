import type { msp } from '@hyperledger/fabric-protos';
import { readCertificate, type Certificate } from './certificate.js';

/** What an identity is in its organisation, by the organisational unit of its certificate. */
export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer';

interface NodeOu {
  readonly role: NodeRole;
  readonly unit: string;
  /** the authority that alone may give this role; any of the MSP's when left out */
  readonly certifier?: string;
}

/** The organisational units by which an MSP tells its clients, peers, administrators and ordering nodes apart. */
export class NodeOus {
  readonly enforced: boolean;
  readonly #known: readonly NodeOu[];

  constructor(config: msp.FabricNodeOUs | undefined) {
    this.enforced = config?.getEnable() ?? false;
    this.#known = [
      ouOf('client', config?.getClientOuIdentifier()),
      ouOf('peer', config?.getPeerOuIdentifier()),
      ouOf('admin', config?.getAdminOuIdentifier()),
      ouOf('orderer', config?.getOrdererOuIdentifier()),
    ].filter((each) => each !== undefined);
  }

  /** The one role of a certificate; undefined when it has none, or several. */
  roleOf(certificate: Certificate, issuer: Certificate): NodeRole | undefined {
    const [first, ...others] = this.#known.filter(({ unit }) => certificate.units.includes(unit));
    if (first === undefined || others.length > 0) return undefined;
    if (first.certifier !== undefined && first.certifier !== issuer.fingerprint) return undefined;
    return first.role;
  }
}

function ouOf(role: NodeRole, identifier: msp.FabricOUIdentifier | undefined): NodeOu | undefined {
  if (identifier === undefined) return undefined;
  const certificate = identifier.getCertificate_asU8();
  return {
    role,
    unit: identifier.getOrganizationalUnitIdentifier(),
    ...(certificate.length > 0 ? { certifier: readCertificate(certificate).fingerprint } : {}),
  };
}
