import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Fabric } from '../binaries/index.js';
import { NetworkError } from '../errors.js';
import type { Plan } from '../plan/index.js';
import { writeJson } from './json.js';

const node = z.strictObject({
  name: z.string(),
  mspId: z.string(),
  /** host:port for clients, gRPC over TLS */
  endpoint: z.string(),
  /** the name in its certificate, for `grpc.ssl_target_name_override` */
  serverName: z.string(),
  /** path of the PEM that its TLS certificate descends from */
  tlsCaCertificate: z.string(),
  /** http://host:port of health and metrics */
  operations: z.url(),
});

/** What a client needs to know of a network that is up. Paths are absolute. */
export const connectionSchema = z.strictObject({
  v: z.literal(1),
  fabric: z.strictObject({ version: z.string(), commit: z.string(), source: z.string() }),
  channel: z.string(),
  chaincode: z.strictObject({
    name: z.string(),
    version: z.string(),
    packageId: z.string(),
    /** how many of the peers' organisations must endorse */
    endorsements: z.int(),
  }),
  members: z.array(
    z.strictObject({
      id: z.string(),
      mspId: z.string(),
      roles: z.array(z.string()),
      /** path of the certificate, PEM, that its client identities descend from */
      caCertificate: z.string(),
      tlsCaCertificate: z.string(),
    }),
  ),
  peers: z.array(node),
  orderers: z.array(node),
  /** `<mspId>/<label>/cert.pem` and `key.pem`; labels are roles, and `relay` */
  walletDir: z.string(),
  /** the consortium root that the chaincode processes were given */
  rootFile: z.string(),
  /** the channel's first block */
  genesisBlock: z.string(),
});

export type Connection = z.infer<typeof connectionSchema>;

export function describeConnection(plan: Plan, fabric: Fabric, packageId: string): Connection {
  const { profile, files } = plan;
  const describe = (each: Plan['orderers'][number] | Plan['peers'][number]) => ({
    name: each.name,
    mspId: each.member.mspId,
    endpoint: `${profile.host}:${each.ports.client}`,
    serverName: each.hostname,
    tlsCaCertificate: files.tlsAuthority(each.member).certificate,
    operations: `http://${profile.host}:${each.ports.operations}`,
  });
  return {
    v: 1,
    fabric: { version: fabric.version, commit: fabric.commit, source: fabric.source },
    channel: profile.channel,
    chaincode: {
      name: profile.chaincode.name,
      version: profile.chaincode.version,
      packageId,
      endorsements: profile.chaincode.endorsements,
    },
    members: profile.members.map((member) => ({
      id: member.id,
      mspId: member.mspId,
      roles: member.roles,
      caCertificate: files.authority(member).certificate,
      tlsCaCertificate: files.tlsAuthority(member).certificate,
    })),
    peers: plan.peers.map(describe),
    orderers: plan.orderers.map(describe),
    walletDir: files.wallet,
    rootFile: files.root,
    genesisBlock: files.genesisBlock,
  };
}

export async function writeConnection(plan: Plan, connection: Connection): Promise<void> {
  await writeJson(plan.files.connection, connection);
}

/**
 * Reads `<home>/connection.json`.
 * @throws NetworkError FILE_MISSING when it is not there or not what the schema says
 */
export async function readConnection(file: string): Promise<Connection> {
  try {
    return connectionSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const why =
      cause instanceof z.ZodError ? `\n${z.prettifyError(cause)}` : '; is the network up?';
    throw new NetworkError('FILE_MISSING', `${file} cannot be read${why}`, { cause });
  }
}
