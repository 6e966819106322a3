import { join } from 'node:path';

/** A member's certificate authorities: one Fabric CA server that is three authorities. */
export interface Authority {
  /** what the server's process is called */
  readonly name: string;
  readonly mspId: string;
  /** of the names in its certificates */
  readonly domain: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  /** the address that the server listens on */
  readonly host: string;
  readonly port: number;
  /** the folder of its keys, database and secrets: nobody but the member may read it */
  readonly dir: string;
  readonly logFile: string;
  /** the folder of `fabric-ca-server` and `fabric-ca-client` */
  readonly binDir: string;
}

/**
 * `ca` certifies who signs transactions and blocks, `tlsca` who connects, `adminca` who administers the member's ordering
 * node: no certificate of the others does.
 */
export type AuthorityKind = 'ca' | 'tlsca' | 'adminca';

/** How long certificates are valid. */
export const LIFETIME_DAYS = { authority: 15 * 365, identity: 365, revocationList: 365 } as const;

/** Where an authority's files lie. */
export function authorityFiles({ dir }: Authority): {
  /** the folder of the server and of each of its authorities; the server's own is that for TLS */
  readonly folders: Readonly<Record<AuthorityKind, string>>;
  readonly secret: string;
  /** PEM, which everybody may have */
  readonly certificates: Readonly<Record<AuthorityKind, string>>;
  /** what the server shows to those who connect */
  readonly serverCertificate: string;
  /** the registrar's own identity at each authority */
  readonly registrar: Readonly<Record<AuthorityKind, string>>;
} {
  const server = join(dir, 'server');
  const folders = { tlsca: server, ca: join(server, 'ca'), adminca: join(server, 'adminca') };
  const certificate = (kind: AuthorityKind) => join(folders[kind], 'ca-cert.pem');
  const registrar = (kind: AuthorityKind) => join(dir, 'registrar', kind);
  return {
    folders,
    secret: join(dir, 'registrar.secret'),
    certificates: {
      ca: certificate('ca'),
      tlsca: certificate('tlsca'),
      adminca: certificate('adminca'),
    },
    serverCertificate: join(server, 'tls-cert.pem'),
    registrar: {
      ca: registrar('ca'),
      tlsca: registrar('tlsca'),
      adminca: registrar('adminca'),
    },
  };
}
