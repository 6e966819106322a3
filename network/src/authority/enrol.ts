import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError } from '../errors.js';
import type { KeyedCertificate } from '../identities/index.js';
import { authorityFiles, type Authority, type AuthorityKind } from './authority.js';
import { callAuthority } from './client.js';
import type { Enrolment } from './enrolment.js';
import { registrarSecret, REGISTRAR, secretOf } from './secrets.js';

/**
 * Has an authority certify a new key of an identity, which is registered where it is not yet. The key is made
 * here, on its owner's machine; certificates that the identity had before stay valid until they end.
 * @throws NetworkError COMMAND_FAILED, or NODE_FAILED where the server runs since before it had the authority
 */
export async function enrol(authority: Authority, wanted: Enrolment): Promise<KeyedCertificate> {
  if (!existsSync(authorityFiles(authority).certificates[wanted.kind])) {
    const why = `${authority.name} runs without its authority ${wanted.kind}, which it makes when it starts`;
    throw new NetworkError('NODE_FAILED', `${why}: stop the network and start it again`);
  }
  try {
    return await enrolRegistered(authority, wanted);
  } catch (error) {
    if (!(error instanceof NetworkError) || !UNKNOWN.test(error.message)) throw error;
    await register(authority, wanted);
    return enrolRegistered(authority, wanted);
  }
}

/** What the server answers to a name that it does not know, or that lacks an attribute. */
const UNKNOWN = /Authentication failure|required attributes are missing/;
const KNOWN = 'is already registered';

async function enrolRegistered(
  authority: Authority,
  { kind, id, hosts = [], attributes = {} }: Enrolment,
): Promise<KeyedCertificate> {
  const home = await mkdtemp(join(authority.dir, 'enrolling-'));
  const names = Object.keys(attributes);
  try {
    await callAuthority(authority, {
      kind,
      home,
      args: names.length === 0 ? ['enroll'] : ['enroll', '--enrollment.attrs', names.join(',')],
      credentials: { id, secret: secretOf(await registrarSecret(authority), kind, id) },
      request: { id, hosts },
    });
    const keys = join(home, 'msp', 'keystore');
    const [key] = (await readdir(keys)).filter((name) => name.endsWith('_sk'));
    if (key === undefined) throw new Error(`${id}: fabric-ca-client left no key`);
    return {
      certificate: await readFile(join(home, 'msp', 'signcerts', 'cert.pem'), 'utf8'),
      privateKey: await readFile(join(keys, key), 'utf8'),
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Registers an identity; one that is known gets the attributes that are wanted now. */
async function register(authority: Authority, wanted: Enrolment): Promise<void> {
  const { kind, id, type, attributes = {} } = wanted;
  const home = await registrarHome(authority, kind);
  const written = Object.entries(attributes)
    .map(([name, value]) => `"${name}=${value}"`)
    .join(',');
  const { said } = await callAuthority(authority, {
    ...{
      kind,
      home,
      secret: secretOf(await registrarSecret(authority), kind, id),
      accept: new RegExp(KNOWN),
    },
    args: [
      ...['register', '--id.name', id, '--id.type', type],
      ...(written === '' ? [] : ['--id.attrs', written]),
    ],
  });
  if (!said.includes(KNOWN) || written === '') return;
  await callAuthority(authority, {
    ...{ kind, home },
    args: ['identity', 'modify', id, '--attrs', written],
  });
}

/**
 * The folder of an authority's registrar, who enrols when first needed.
 * @throws NetworkError COMMAND_FAILED
 */
export async function registrarHome(authority: Authority, kind: AuthorityKind): Promise<string> {
  const home = authorityFiles(authority).registrar[kind];
  if (!existsSync(join(home, 'msp', 'signcerts', 'cert.pem'))) {
    await callAuthority(authority, {
      ...{ kind, home, args: ['enroll'] },
      credentials: { id: REGISTRAR, secret: await registrarSecret(authority) },
      request: { id: REGISTRAR, hosts: [] },
    });
  }
  return home;
}
