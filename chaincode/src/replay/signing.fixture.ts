import 'reflect-metadata';
import { generateKeyPairSync, randomBytes, sign, webcrypto } from 'node:crypto';
import { cryptoProvider, Extension, X509CertificateGenerator } from '@peculiar/x509';
import {
  assembleJws,
  bytesToBase64url,
  type JwsType,
  keyIds,
  protectedHeader,
  type PublicKeys,
  publicKeysSchema,
  signingInput,
  utf8,
} from '@veinledger/domain';

/** Somebody who signs commands. */
export interface Signatory {
  readonly id: string;
  readonly keys: PublicKeys;
  readonly sign: (payloadText: string, typ: JwsType) => string;
}

export function signatory(id: string): Signatory {
  const ed25519 = generateKeyPairSync('ed25519');
  const mlDsa65 = generateKeyPairSync('ml-dsa-65');
  const mlDsa65Jwk: Record<string, unknown> = { ...mlDsa65.publicKey.export({ format: 'jwk' }) };
  const keys = publicKeysSchema.parse({
    ed25519: ed25519.publicKey.export({ format: 'jwk' }).x,
    mlDsa65: mlDsa65Jwk['pub'],
  });
  const kids = keyIds(keys);
  return {
    id,
    keys,
    sign: (payloadText, typ) => {
      const payload = bytesToBase64url(utf8(payloadText));
      const headers = {
        ed25519: protectedHeader('EdDSA', kids.ed25519, typ),
        mlDsa65: protectedHeader('ML-DSA-65', kids.mlDsa65, typ),
      };
      const signed = (header: string, { privateKey }: typeof ed25519) => ({
        protected: header,
        signature: sign(null, signingInput(header, payload), privateKey).toString('base64url'),
      });
      return assembleJws(payloadText, [
        signed(headers.ed25519, ed25519),
        signed(headers.mlDsa65, mlDsa65),
      ]);
    },
  };
}

export function nonce(): string {
  return randomBytes(16).toString('base64url');
}

/** A certificate with attributes where Fabric CA writes them. */
export async function certificateWith(
  attributes: Readonly<Record<string, string>>,
): Promise<string> {
  cryptoProvider.set(webcrypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const content = new TextEncoder().encode(JSON.stringify({ attrs: attributes }));
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=relay',
    keys,
    signingAlgorithm: algorithm,
    extensions: [new Extension('1.2.3.4.5.6.7.8.1', false, content)],
  });
  return certificate.toString('pem');
}
