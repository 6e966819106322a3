import { msp } from '@hyperledger/fabric-protos';
import { readCertificate, type Certificate } from './certificate.js';
import type { Msp } from './msp.js';
import type { NodeRole } from './node-ous.js';

/** Somebody who signed, as a channel's members see it. */
export interface Identity {
  readonly mspId: string;
  readonly certificate: Certificate;
  /** why no member vouches for it; left out when one does */
  readonly fault?: string;
}

const ROLES: Readonly<Record<number, NodeRole>> = {
  [msp.MSPRole.MSPRoleType.CLIENT]: 'client',
  [msp.MSPRole.MSPRoleType.PEER]: 'peer',
  [msp.MSPRole.MSPRoleType.ADMIN]: 'admin',
  [msp.MSPRole.MSPRoleType.ORDERER]: 'orderer',
};

/** The organisations of a channel, as one configuration has them. */
export class Members {
  readonly #msps: ReadonlyMap<string, Msp>;
  readonly #known = new Map<string, Identity | string>();

  constructor(msps: ReadonlyMap<string, Msp>) {
    this.#msps = msps;
  }

  /** Reads a serialised identity; a text says why it cannot be read. */
  identify(serialized: Uint8Array): Identity | string {
    const id = Buffer.from(serialized).toString('base64');
    const known = this.#known.get(id) ?? this.#read(serialized);
    this.#known.set(id, known);
    return known;
  }

  /** Whether an identity is what a policy asks for. */
  satisfies(identity: Identity, principal: msp.MSPPrincipal): boolean {
    const content = principal.getPrincipal_asU8();
    const { ROLE, IDENTITY, COMBINED, ORGANIZATION_UNIT } = msp.MSPPrincipal.Classification;
    switch (principal.getPrincipalClassification()) {
      case ROLE:
        return this.#hasRole(identity, msp.MSPRole.deserializeBinary(content));
      case IDENTITY:
        return this.#isSame(identity, content);
      case ORGANIZATION_UNIT:
        return isOfUnit(identity, msp.OrganizationUnit.deserializeBinary(content));
      case COMBINED: {
        const parts = msp.CombinedPrincipal.deserializeBinary(content).getPrincipalsList();
        return parts.length > 0 && parts.every((each) => this.satisfies(identity, each));
      }
      default:
        return false;
    }
  }

  #read(serialized: Uint8Array): Identity | string {
    try {
      const identity = msp.SerializedIdentity.deserializeBinary(serialized);
      const mspId = identity.getMspid();
      const certificate = readCertificate(identity.getIdBytes_asU8());
      const organisation = this.#msps.get(mspId);
      const fault = organisation ? organisation.fault(certificate) : `${mspId} is no member`;
      return { mspId, certificate, ...(fault === undefined ? {} : { fault }) };
    } catch (error) {
      return `its identity cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #hasRole({ mspId, certificate, fault }: Identity, wanted: msp.MSPRole): boolean {
    if (fault !== undefined || wanted.getMspIdentifier() !== mspId) return false;
    if (wanted.getRole() === msp.MSPRole.MSPRoleType.MEMBER) return true;
    const role = ROLES[wanted.getRole()];
    return role !== undefined && this.#msps.get(mspId)?.hasRole(certificate, role) === true;
  }

  #isSame(identity: Identity, serialized: Uint8Array): boolean {
    const wanted = this.identify(serialized);
    if (typeof wanted === 'string' || wanted.fault !== undefined) return false;
    return wanted.certificate.fingerprint === identity.certificate.fingerprint;
  }
}

/** A unit whose certifier is named is nobody's: whoever uses such policies finds them refused, never passed. */
function isOfUnit({ mspId, certificate, fault }: Identity, wanted: msp.OrganizationUnit): boolean {
  return (
    fault === undefined &&
    wanted.getMspIdentifier() === mspId &&
    wanted.getCertifiersIdentifier_asU8().length === 0 &&
    certificate.units.includes(wanted.getOrganizationalUnitIdentifier())
  );
}
