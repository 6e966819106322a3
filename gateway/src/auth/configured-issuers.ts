import type { GatewayConfig } from '../config/config.js';
import { issuerKeys } from './issuer-keys.js';
import type { TokenIssuer } from './token-issuer.js';

/** The identity providers of the settings. Nothing is fetched before the first token comes. */
export function configuredIssuers({
  issuers,
}: Pick<GatewayConfig, 'issuers'>): readonly TokenIssuer[] {
  return issuers.map((issuer) => ({ ...issuer, keyOf: issuerKeys(issuer.url) }));
}
