import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeDurably } from '../durable-file.js';
import type { KeyedCertificate } from '../identities/index.js';

/** The certificates of an organisation's two authorities, PEM. */
export interface AuthorityCertificates {
  readonly ca: string;
  readonly tlsca: string;
}

const CA = join('cacerts', 'ca-cert.pem');

/** Tells peers, ordering nodes, administrators and clients apart by the unit in their certificate. */
const NODE_UNITS = {
  NodeOUs: {
    Enable: true,
    ...Object.fromEntries(
      ['Client', 'Peer', 'Admin', 'Orderer'].map((unit) => [
        `${unit}OUIdentifier`,
        { Certificate: CA, OrganizationalUnitIdentifier: unit.toLowerCase() },
      ]),
    ),
  },
};

/** Writes an organisation's definition, as channels have it: what its identities descend from. */
export async function writeOrganisation(dir: string, from: AuthorityCertificates): Promise<void> {
  await writeInOneStep(join(dir, CA), from.ca);
  await writeInOneStep(join(dir, 'tlscacerts', 'tlsca-cert.pem'), from.tlsca);
  await writeInOneStep(join(dir, 'config.yaml'), `${JSON.stringify(NODE_UNITS, undefined, 2)}\n`);
}

/** Writes an identity as Fabric's nodes and tools read it. */
export async function writeMsp(
  dir: string,
  from: AuthorityCertificates,
  identity: KeyedCertificate,
): Promise<void> {
  await writeOrganisation(dir, from);
  await writeKeyPair(identity, {
    certificate: join(dir, 'signcerts', 'cert.pem'),
    key: join(dir, 'keystore', 'key.pem'),
  });
}

/** Writes a key, which only its owner may read, and its certificate. */
export async function writeKeyPair(
  { certificate, privateKey }: KeyedCertificate,
  files: { readonly certificate: string; readonly key: string },
): Promise<void> {
  await writeInOneStep(files.key, privateKey, 0o600);
  await writeInOneStep(files.certificate, certificate);
}

/** Writes a file so that no reader meets half of it. */
export async function writeInOneStep(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  writeDurably(file, text, mode);
}
