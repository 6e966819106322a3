import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { cryptoProvider } from '@peculiar/x509';

cryptoProvider.set(webcrypto);

/** Keys of Fabric identities: ECDSA on P-256. */
export const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** How certificates are signed. */
export const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
