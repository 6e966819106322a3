import ipaddr from 'ipaddr.js';

const UNKNOWN = 'unknown';
/** a network that IPv6 gives to one household or one machine */
const IPV6_NETWORK_BYTES = 8;

/** Whom an address stands for: one IPv4 address, or one /64 network of IPv6. */
export function addressKey(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return UNKNOWN;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return Buffer.from(parsed.toByteArray().slice(0, IPV6_NETWORK_BYTES)).toString('hex');
}
