import type { X509Certificate } from 'node:crypto';

/** The longest chain that is followed from a certificate to an authority. */
const MAX_CHAIN = 8;

/**
 * Which of some authorities certified a certificate, and those between them that came with it: each certificate with its
 * issuer, from the leaf upwards.
 */
export function* issuersOf(
  certificate: X509Certificate,
  authorities: readonly X509Certificate[],
): Generator<readonly [certified: X509Certificate, issuer: X509Certificate]> {
  let certified: X509Certificate | undefined = certificate;
  for (let depth = 0; certified !== undefined && depth < MAX_CHAIN; depth += 1) {
    const each: X509Certificate = certified;
    const issuer = authorities.find((one) => each.checkIssued(one) && each.verify(one.publicKey));
    if (issuer) yield [each, issuer];
    if (issuer?.fingerprint256 === each.fingerprint256) return;
    certified = issuer ?? each.issuerCertificate;
  }
}
