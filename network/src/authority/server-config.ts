import { LIFETIME_DAYS, type Authority, type AuthorityKind } from './authority.js';
import type { Enrolment } from './enrolment.js';
import { REGISTRAR, secretOf } from './secrets.js';

const hours = (days: number) => `${days * 24}h`;

/** The settings of the server, whose own authority is the one for TLS: it certifies the server itself. */
export function serverConfig(
  authority: Authority,
  secret: string,
  identities: readonly Enrolment[],
): object {
  return {
    port: authority.port,
    address: authority.host,
    tls: { enabled: true },
    cafiles: ['ca/fabric-ca-server-config.yaml', 'adminca/fabric-ca-server-config.yaml'],
    // it insists on listening; on a port that nobody knows, and on this machine alone
    operations: { listenAddress: '127.0.0.1:0' },
    ...authorityConfig(authority, 'tlsca', secret, identities),
  };
}

/** The settings of one authority, which registers identities when it starts. JSON is YAML. */
export function authorityConfig(
  { mspId, domain, country, host }: Authority,
  kind: AuthorityKind,
  secret: string,
  identities: readonly Enrolment[],
): object {
  return {
    ca: { name: kind },
    crl: { expiry: hours(LIFETIME_DAYS.revocationList) },
    registry: {
      maxenrollments: -1,
      identities: [
        {
          name: REGISTRAR,
          pass: secret,
          type: 'client',
          affiliation: '',
          attrs: {
            'hf.Registrar.Roles': '*',
            'hf.Registrar.Attributes': '*',
            'hf.Revoker': true,
            'hf.GenCRL': true,
          },
        },
        ...identities
          .filter((each) => each.kind === kind)
          .map(({ id, type, attributes = {} }) => ({
            ...{ name: id, pass: secretOf(secret, kind, id), type, affiliation: '' },
            attrs: attributes,
          })),
      ],
    },
    db: { type: 'sqlite3', datasource: 'fabric-ca-server.db' },
    affiliations: {},
    signing: {
      default: { usage: ['digital signature'], expiry: hours(LIFETIME_DAYS.identity) },
      profiles: {
        tls: {
          usage: ['digital signature', 'key agreement', 'server auth', 'client auth'],
          expiry: hours(LIFETIME_DAYS.identity),
        },
        administration: {
          usage: ['digital signature', 'client auth'],
          expiry: hours(LIFETIME_DAYS.identity),
        },
      },
    },
    csr: {
      cn: `${kind}.${domain}`,
      keyrequest: { algo: 'ecdsa', size: 256 },
      names: [{ C: country, O: mspId }],
      hosts: [host, `ca.${domain}`],
      ca: { expiry: hours(LIFETIME_DAYS.authority), pathlength: 0 },
    },
    bccsp: {
      default: 'SW',
      sw: { hash: 'SHA2', security: 256, filekeystore: { keystore: 'msp/keystore' } },
    },
    // Idemix is not used: as few of its keys as the server makes
    idemix: {
      rhpoolsize: 1,
      nonceexpiration: '15s',
      noncesweepinterval: '15m',
      curve: 'gurvy.Bn254',
    },
  };
}
