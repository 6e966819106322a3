import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import {
  OPERATIONS_HOST,
  type MemberPlan,
  type OrdererPlan,
  type PeerPlan,
  type Plan,
} from '../plan/index.js';
import { writeJson } from './json.js';
import { softwareOf, type Software } from './nodes.js';

const node = z.strictObject({
  name: z.string(),
  mspId: z.string(),
  /** host:port for clients, gRPC over TLS */
  endpoint: z.string(),
  /** the name in its certificate, for `grpc.ssl_target_name_override` */
  serverName: z.string(),
  /** path of the PEM that its TLS certificate descends from */
  tlsCaCertificate: z.string(),
  /** http://host:port of health and metrics, which answers on the node's own machine alone */
  operations: z.url(),
});

/** What a client needs to know of a network that is up. Paths are absolute. */
export const connectionSchema = z.strictObject({
  v: z.literal(2),
  fabric: z.strictObject({ version: z.string(), commit: z.string(), source: z.string() }),
  channels: z
    .array(
      z.strictObject({
        name: z.string(),
        chaincode: z.strictObject({
          name: z.string(),
          version: z.string(),
          sequence: z.int(),
          packageId: z.string(),
          /** how many of the peers' organisations must endorse */
          endorsements: z.int(),
          /** MSP ids of those organisations */
          endorsers: z.array(z.string()),
        }),
        /** MSP ids */
        members: z.array(z.string()),
        /** names of nodes */
        peers: z.array(z.string()),
        orderers: z.array(z.string()),
        /** the channel's first block */
        genesisBlock: z.string(),
        /** the consortium root that the chaincode processes were given */
        rootFile: z.string(),
      }),
    )
    .min(1),
  members: z.array(
    z.strictObject({
      id: z.string(),
      mspId: z.string(),
      roles: z.array(z.string()),
      /** path of the certificate, PEM, that its client identities descend from */
      caCertificate: z.string(),
      tlsCaCertificate: z.string(),
      /** `<mspId>/<label>/cert.pem` and `key.pem`; labels are roles, and `relay`; where it lives here */
      walletDir: z.string().optional(),
    }),
  ),
  peers: z.array(node),
  orderers: z.array(node),
});

export type Connection = z.infer<typeof connectionSchema>;

/** Describes a network to those who act for some of its members. */
function describeConnection(
  plan: Plan,
  software: Software,
  actingFor: readonly MemberPlan[],
): Connection {
  const { version, commit, source } = software.fabric;
  return {
    v: 2,
    fabric: { version, commit, source },
    channels: plan.channels.map((channel) => {
      const { version: chaincode, sequence, packageId } = softwareOf(software, channel.name);
      const { name, endorsements, files } = channel;
      return {
        name,
        chaincode: {
          name: plan.profile.chaincode.name,
          ...{ version: chaincode, sequence, packageId, endorsements },
          endorsers: channel.endorsers.map(({ member }) => member.mspId),
        },
        members: channel.members.map(({ member }) => member.mspId),
        peers: channel.peers.map((each) => each.name),
        orderers: channel.orderers.map((each) => each.name),
        genesisBlock: files.genesisBlock,
        rootFile: files.root,
      };
    }),
    members: plan.members.map((each) => ({
      id: each.member.id,
      mspId: each.member.mspId,
      roles: each.member.roles,
      caCertificate: each.shared.authority,
      tlsCaCertificate: each.shared.tlsAuthority,
      ...(actingFor.includes(each) ? { walletDir: each.files.wallet } : {}),
    })),
    peers: plan.peers.map(describeNode),
    orderers: plan.orderers.map(describeNode),
  };
}

function describeNode(each: OrdererPlan | PeerPlan): z.infer<typeof node> {
  return {
    name: each.name,
    mspId: each.member.mspId,
    endpoint: `${each.host}:${each.ports.client}`,
    serverName: each.hostname,
    tlsCaCertificate: each.shared.tlsAuthority,
    operations: `http://${OPERATIONS_HOST}:${each.ports.operations}`,
  };
}

/** Writes each member's own description, and one of all for who acts for all of this home's members. */
export async function writeConnections(
  plan: Plan,
  software: Software,
  members: readonly MemberPlan[],
): Promise<Connection> {
  for (const member of members) {
    await writeJson(member.files.connection, describeConnection(plan, software, [member]));
  }
  const connection = describeConnection(plan, software, members);
  await writeJson(plan.files.connection, connection);
  return connection;
}

/**
 * Reads `connection.json` of a home or of a member's folder.
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
