import { readFileSync } from 'node:fs';
import { JSONSerializer, type Contract } from 'fabric-contract-api';
import shim from 'fabric-shim';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';

/** What a package of chaincode says of itself. */
export interface About {
  readonly name: string;
  readonly version: string;
}

/** As `fabric-chaincode-node server` sets them, but for statistics of each message, which nobody asks for. */
const CONNECTION = {
  'grpc.enable_channelz': 0,
  'grpc.max_send_message_length': -1,
  'grpc.max_receive_message_length': -1,
  'grpc.keepalive_time_ms': 110_000,
  'grpc.http2.min_time_between_pings_ms': 110_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.http2.max_pings_without_data': 0,
  'grpc.keepalive_permit_without_calls': 1,
} as const;

/**
 * Serves contracts to the peer that connects, over mutual TLS. This file is the bundle's, not the launcher's:
 * it goes into each bundle beside the contracts, and reads nothing but its environment and the files named there.
 * @throws Error naming the variable that is missing
 */
export async function serve(
  contracts: readonly (new () => Contract)[],
  about: About,
): Promise<void> {
  const serializers = {
    transaction: 'jsonSerializer',
    serializers: { jsonSerializer: JSONSerializer },
  };
  const { name, version } = about;
  const chaincode = new ChaincodeFromContract([...contracts], serializers, {}, name, version);
  const server = shim.Shim.server(chaincode, {
    ...CONNECTION,
    ccid: setting('CHAINCODE_ID'),
    address: setting('CHAINCODE_SERVER_ADDRESS'),
    tlsProps: {
      cert: readFileSync(setting('CHAINCODE_TLS_CERT')),
      key: readFileSync(setting('CHAINCODE_TLS_KEY')),
      clientCACerts: readFileSync(setting('CHAINCODE_CLIENT_CA_CERT')),
    },
  });
  await server.start();
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name}: expected a value in the environment, found nothing`);
  }
  return value;
}
