import { readFile } from 'node:fs/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { common, orderer } from '@hyperledger/fabric-protos';
import type { Connection } from '@veinledger/network';

const BROADCAST = '/orderer.AtomicBroadcast/Broadcast';
const DEADLINE = 60_000;

/** Hands an envelope to one ordering node, as it is; gives what the node answers. */
export async function broadcast(
  node: Connection['orderers'][number],
  envelope: Uint8Array,
): Promise<{ readonly status: number; readonly info: string }> {
  const tlsCa = await readFile(node.tlsCaCertificate);
  const client = new Client(node.endpoint, credentials.createSsl(tlsCa), {
    'grpc.ssl_target_name_override': node.serverName,
  });
  try {
    return await new Promise((resolve, reject) => {
      const stream = client.makeBidiStreamRequest(
        BROADCAST,
        (message: common.Envelope) => Buffer.from(message.serializeBinary()),
        (bytes) => orderer.BroadcastResponse.deserializeBinary(bytes),
        { deadline: Date.now() + DEADLINE },
      );
      stream.on('data', (answer: orderer.BroadcastResponse) => {
        resolve({ status: answer.getStatus(), info: answer.getInfo() });
        stream.end();
      });
      stream.on('error', reject);
      stream.write(common.Envelope.deserializeBinary(envelope));
    });
  } finally {
    client.close();
  }
}
