import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import type { RawBlock } from '@veinledger/ledger/fabric-gateway';

/** An ordering node that will sign whatever a test asks. */
export interface OrderingKey {
  readonly id: number;
  readonly privateKeyPem: string;
}

/** The keys of every ordering node of a network whose files lie below one folder. */
export async function orderingKeys(directory: string, genesis: RawBlock): Promise<OrderingKey[]> {
  const keys = await privateKeysBelow(directory);
  return consentersOf(genesis).map((consenter) => {
    const certificate = new X509Certificate(consenter.getIdentity_asU8());
    const found = keys.find(({ key }) => createPublicKey(key).equals(certificate.publicKey));
    if (found === undefined) throw new Error(`no key of ordering node ${consenter.getId()}`);
    return { id: consenter.getId(), privateKeyPem: found.pem };
  });
}

function consentersOf({ envelopes: [first = new Uint8Array()] }: RawBlock): common.Consenter[] {
  const envelope = common.Envelope.deserializeBinary(first);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  const orderers = config?.getChannelGroup()?.getGroupsMap().get('Orderer')?.getValuesMap();
  const mapping = orderers?.get('Orderers')?.getValue_asU8() ?? new Uint8Array();
  return common.Orderers.deserializeBinary(mapping).getConsenterMappingList();
}

async function privateKeysBelow(directory: string): Promise<{ key: KeyObject; pem: string }[]> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: { key: KeyObject; pem: string }[] = [];
  for (const file of files.filter((each) => each.isFile() && /_sk$|key/u.test(each.name))) {
    const pem = await readFile(join(file.parentPath, file.name), 'utf8').catch(() => '');
    if (!pem.includes('PRIVATE KEY')) continue;
    found.push({ key: createPrivateKey(pem), pem });
  }
  return found;
}
