import type { GatewayConfig } from '../config/config.js';
import type { RelyingParty } from './passkeys.js';

const LOOPBACK = /^(?:127(?:\.\d+){3}|\[::1\])$/;

/**
 * Where this gateway's passkeys belong: as the settings say, else the host of its own address. Browsers make no
 * passkeys for an IP address, so loopback is `localhost`.
 */
export function relyingPartyOf(
  { passkeys }: Pick<GatewayConfig, 'passkeys'>,
  address: string,
): RelyingParty {
  if (passkeys) return passkeys;
  const url = new URL(address);
  if (LOOPBACK.test(url.hostname)) url.hostname = 'localhost';
  return { domain: url.hostname, origins: [url.origin] };
}
