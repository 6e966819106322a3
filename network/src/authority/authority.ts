import { join } from 'node:path';

/** A member's certificate authorities: one Fabric CA server that is two authorities. */
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

/** `ca` certifies who signs transactions and blocks, `tlsca` who connects. */
export type AuthorityKind = 'ca' | 'tlsca';

/** How long certificates are valid. */
export const LIFETIME_DAYS = { authority: 15 * 365, identity: 365, revocationList: 365 } as const;

/** Where an authority's files lie. */
export function authorityFiles({ dir }: Authority): {
  /** the server's own folder, that of the TLS authority too */
  readonly server: string;
  /** the folder of the authority for identities */
  readonly identities: string;
  readonly secret: string;
  /** PEM, which everybody may have */
  readonly certificates: Readonly<Record<AuthorityKind, string>>;
  /** what the server shows to those who connect */
  readonly serverCertificate: string;
  /** the registrar's own identity at each authority */
  readonly registrar: Readonly<Record<AuthorityKind, string>>;
} {
  const server = join(dir, 'server');
  const identities = join(server, 'ca');
  return {
    server,
    identities,
    secret: join(dir, 'registrar.secret'),
    certificates: { ca: join(identities, 'ca-cert.pem'), tlsca: join(server, 'ca-cert.pem') },
    serverCertificate: join(server, 'tls-cert.pem'),
    registrar: { ca: join(dir, 'registrar', 'ca'), tlsca: join(dir, 'registrar', 'tlsca') },
  };
}
