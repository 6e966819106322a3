import './provider.js';
import { Extension } from '@peculiar/x509';

/** Where Fabric CA writes an identity's attributes, and where chaincode's ClientIdentity reads them. */
export const FABRIC_ATTRIBUTES_OID = '1.2.3.4.5.6.7.8.1';

/** Comma-separated roles for which the identity may relay commands. */
export const ROLES_ATTRIBUTE = 'veinledger.roles';

/** `true` on the identity that carries patients' commands and nothing else. */
export const RELAY_ATTRIBUTE = 'veinledger.relay';

/** The extension that Fabric CA writes: JSON text, not wrapped in an ASN.1 string. */
export function fabricAttributes(attributes: Readonly<Record<string, string>>): Extension {
  const json = JSON.stringify({ attrs: attributes });
  return new Extension(FABRIC_ATTRIBUTES_OID, false, new TextEncoder().encode(json));
}

/**
 * The attributes of an identity: its roles, or that it is a relay; never both, for a relay identity carries
 * patients' commands and nothing else.
 * @throws Error when neither or both are asked for, or a role's name holds a comma
 */
export function identityAttributes(
  roles: readonly string[],
  relay: boolean,
): Readonly<Record<string, string>> {
  if (relay) {
    if (roles.length > 0) {
      throw new Error(`roles: expected none on a relay identity, found ${roles.join(', ')}`);
    }
    return { [RELAY_ATTRIBUTE]: 'true' };
  }
  if (roles.length === 0) {
    throw new Error('roles: expected at least one role or relay, found none');
  }
  const unfit = roles.find((role) => !/^[a-z][a-z0-9-]*$/.test(role));
  if (unfit !== undefined) {
    throw new Error(`roles: expected lower-case letters, digits and hyphens, found '${unfit}'`);
  }
  return { [ROLES_ATTRIBUTE]: roles.join(',') };
}
