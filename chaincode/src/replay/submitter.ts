import 'reflect-metadata';
import { X509Certificate } from '@peculiar/x509';
import { z } from 'zod';
import type { Submitter } from '@veinledger/domain';
import type { LedgerTransaction } from './block.js';

/** Where Fabric CA writes an identity's attributes. */
const ATTRIBUTES_OID = '1.2.3.4.5.6.7.8.1';

const attributes = z.object({ attrs: z.record(z.string(), z.string()) });

/**
 * What a transaction's creator may relay, read from the attributes of its certificate. That the organisation's
 * authority issued the certificate is what the peers checked before they took the transaction.
 * @throws Error when the certificate or its attributes cannot be read
 */
export function submitterOf({ mspId, certificate }: LedgerTransaction['creator']): Submitter {
  const found = new Map(Object.entries(attributesOf(certificate)));
  const roles = found.get('veinledger.roles') ?? '';
  return {
    mspId,
    roles: roles === '' ? [] : roles.split(','),
    relay: found.get('veinledger.relay') === 'true',
  };
}

function attributesOf(certificate: string): Readonly<Record<string, string>> {
  const extension = new X509Certificate(certificate).getExtension(ATTRIBUTES_OID);
  if (!extension) return {};
  return attributes.parse(JSON.parse(new TextDecoder().decode(extension.value))).attrs;
}
