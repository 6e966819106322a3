import { channelOf, peerOf, type Person, type SignedMessage } from '#scripts';
import type { CommandRecord } from '@veinledger/domain';
import { openFabricGateway } from '@veinledger/ledger/fabric-gateway';
import type { FabricBench } from './fabric.js';

/** What became of a command, and which members endorsed another result than those who agreed. */
export interface Endorsed {
  readonly receipt: CommandRecord;
  /** MSP ids, for each time that a gateway was told */
  readonly differing: readonly (readonly string[])[];
}

/** Commits a command with the endorsements of these members, through a gateway that tells when they do not agree. */
export async function endorsedBy(
  { connection, submitter }: FabricBench,
  person: Person,
  message: SignedMessage,
  endorsers: readonly string[],
): Promise<Endorsed> {
  const { name, chaincode } = channelOf(connection);
  const differing: (readonly string[])[] = [];
  const ledger = openFabricGateway({
    channel: name,
    chaincode: chaincode.name,
    endorsements: chaincode.endorsements,
    peers: await Promise.all(connection.peers.map(peerOf)),
    reader: submitter.identity('LabMSP', 'registrar'),
    onMismatch: (mismatch) => void differing.push(mismatch.differing),
  });
  try {
    const { result } = await ledger.submit({ ...submitter.invocation(person, message), endorsers });
    return { receipt: JSON.parse(result) as CommandRecord, differing };
  } finally {
    await ledger.close();
  }
}
