import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type CommandOutput, runCommand } from '../processes/index.js';
import { authorityFiles, type Authority, type AuthorityKind } from './authority.js';

/** One call of `fabric-ca-client`. */
export interface ClientCall {
  readonly kind: AuthorityKind;
  /** the folder of the identity that calls, or that is made */
  readonly home: string;
  readonly args: readonly string[];
  /** name and secret of who enrols */
  readonly credentials?: { readonly id: string; readonly secret: string };
  /** what its certificate is to say, for enrolling */
  readonly request?: CertificateSubject;
  /** a secret that the call hands over: not an argument, which every user of the machine sees */
  readonly secret?: string;
  /** output that means success although the call failed */
  readonly accept?: RegExp;
}

export interface CertificateSubject {
  readonly id: string;
  /** names and addresses at which it is reached */
  readonly hosts: readonly string[];
}

/** More calls at a time than this only wait for each other. */
const MOST_AT_A_TIME = 2 * availableParallelism();
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs `fabric-ca-client` against a member's own server.
 * @throws NetworkError COMMAND_FAILED with what it answered
 */
export async function callAuthority(
  authority: Authority,
  call: ClientCall,
): Promise<CommandOutput> {
  await mkdir(call.home, { recursive: true, mode: 0o700 });
  const settings = JSON.stringify(clientConfig(authority, call));
  await writeFile(join(call.home, 'fabric-ca-client-config.yaml'), settings, { mode: 0o600 });
  const { credentials, secret, accept } = call;
  const url = new URL(`https://${authority.host}:${authority.port}`);
  if (credentials !== undefined) {
    url.username = credentials.id;
    url.password = credentials.secret;
  }
  const env = {
    FABRIC_CA_CLIENT_HOME: call.home,
    FABRIC_CA_CLIENT_URL: url.href.replace(/\/$/, ''),
    FABRIC_CA_CLIENT_LOGLEVEL: 'warning',
    GOGC: 'off',
    GOMAXPROCS: '1',
    ...(secret === undefined ? {} : { FABRIC_CA_CLIENT_ID_SECRET: secret }),
  };
  await turn();
  try {
    return await runCommand(join(authority.binDir, 'fabric-ca-client'), call.args, {
      env,
      ...(accept === undefined ? {} : { accept }),
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function turn(): Promise<void> {
  while (running >= MOST_AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
}

/** What each authority's certificates are for, by the profile of its settings. */
const PROFILES = { ca: '', tlsca: 'tls', adminca: 'administration' } as const;

/** JSON is YAML. */
function clientConfig(authority: Authority, { kind, request }: ClientCall): object {
  const { mspId, country } = authority;
  return {
    mspdir: 'msp',
    caname: kind,
    tls: { certfiles: [authorityFiles(authority).certificates.tlsca] },
    csr: {
      cn: request?.id ?? '',
      keyrequest: { algo: 'ecdsa', size: 256, reusekey: false },
      names: [{ C: country, O: mspId }],
      hosts: request?.hosts ?? [],
    },
    enrollment: { profile: PROFILES[kind] },
    bccsp: {
      default: 'SW',
      sw: { hash: 'SHA2', security: 256, filekeystore: { keystore: 'msp/keystore' } },
    },
  };
}
