import 'reflect-metadata';
import { X509Certificate, type KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate as it is held against an MSP. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** SHA-256 of the whole certificate */
  readonly fingerprint: string;
  /** the organisational units of its subject */
  readonly units: readonly string[];
  /** milliseconds since 1970 */
  readonly notBefore: number;
  readonly notAfter: number;
}

/**
 * Reads a certificate, PEM.
 * Throws an Error when it is none, or has a key of an unknown kind.
 */
export function readCertificate(pem: Uint8Array): Certificate {
  const certificate = new X509Certificate(pem);
  const subject = new x509.X509Certificate(certificate.raw).subjectName;
  return {
    x509: certificate,
    publicKey: certificate.publicKey,
    fingerprint: certificate.fingerprint256,
    units: subject.getField('OU'),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
  };
}

/** Whether one certificate signed the other. */
export function isIssuedBy(subject: Certificate, issuer: Certificate): boolean {
  return (
    issuer.x509.ca && subject.x509.checkIssued(issuer.x509) && subject.x509.verify(issuer.publicKey)
  );
}
