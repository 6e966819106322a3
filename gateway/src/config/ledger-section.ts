import { organisationId } from '@veinledger/domain';
import { z } from 'zod';
import { path } from './sections.js';

/** The ledger in the gateway's own process: one organisation's word. */
const embedded = z.strictObject({
  kind: z.literal('embedded'),
  /** where its blocks and state are */
  directory: path,
  channel: z.string().min(1).max(249).default('programme'),
  /** the member whose word it is */
  organisation: organisationId,
  /** the folder of the members' certificate authorities: `<MSP id>.pem` */
  authorities: path,
});

const peer = z.strictObject({
  mspId: organisationId,
  /** `host:port` */
  endpoint: z.string().regex(/^[^:/]+:\d+$/, 'host:port, such as peer.hospital.example:7051'),
  /** the name in the peer's TLS certificate */
  serverName: z.string().min(1),
  /** the certificate of its organisation's TLS authority, PEM */
  tlsCa: path,
});

/** A channel of a Hyperledger Fabric network, through its peers' gateway services. */
const fabric = z.strictObject({
  kind: z.literal('fabric'),
  /** the client library: the peers' gateway service, or, as members on Fabric 2.2 do, peers and orderers themselves */
  client: z.enum(['fabric-gateway', 'fabric-network']).default('fabric-gateway'),
  channel: z.string().min(1).max(249),
  chaincode: z.string().min(1).max(64).default('veinledger'),
  /** asked in this order */
  peers: z.array(peer).min(1),
  /** how many of the peers' organisations must endorse */
  endorsements: z.int().min(1),
  /** those whose endorsement counts; all that have one of the peers when left out */
  endorsers: z.array(organisationId).min(1).optional(),
  /** the identity of the wallet by which blocks and heights are read */
  reader: z.strictObject({ mspId: organisationId, label: z.string().min(1) }),
});

/** Which ledger a gateway serves. */
export const ledgerSection = z.discriminatedUnion('kind', [embedded, fabric]);

export type LedgerSection = z.output<typeof ledgerSection>;
export type EmbeddedSection = z.output<typeof embedded>;
export type FabricSection = z.output<typeof fabric>;
