import { common } from '@hyperledger/fabric-protos';
import { signersOf, type SignedData } from '../identity/signature.js';
import { payloadOf, type ConfigBlock } from './config-block.js';
import type { Configuration } from './configuration.js';
import { elementsOf, treeOf, type Element, type Elements } from './elements.js';

/**
 * Why a configuration may not follow another one: Fabric's own rules, by which the update names what it read, each
 * change is signed by whom the part's policy asks for, and the update makes exactly the new configuration.
 * Undefined when it may.
 */
export function updateFault(current: Configuration, next: ConfigBlock): string | undefined {
  try {
    checkUpdate(current, next);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function checkUpdate(current: Configuration, { config, channel, lastUpdate }: ConfigBlock): void {
  expect('sequence', current.sequence + 1, config.getSequence());
  expect('channel', current.channel, channel);
  if (lastUpdate === undefined) throw new Error('update: expected one, found none');
  const envelope = common.ConfigUpdateEnvelope.deserializeBinary(payloadOf(lastUpdate).data);
  const update = common.ConfigUpdate.deserializeBinary(envelope.getConfigUpdate_asU8());
  expect('channel of the update', current.channel, update.getChannelId());

  const existing = elementsOf(current.group);
  const read = elementsOf(update.getReadSet());
  for (const [name, { content }] of read) {
    expect(`version of ${name}`, existing.get(name)?.content.getVersion(), content.getVersion());
  }
  const changed = changedElements(read, elementsOf(update.getWriteSet()));
  checkAuthority(current, changed, existing, envelope);

  const computed = treeOf(new Map([...existing, ...changed])).serializeBinary();
  const found = config.getChannelGroup()?.serializeBinary() ?? new Uint8Array();
  if (Buffer.compare(computed, found) !== 0) {
    throw new Error('configuration: expected what the update makes of the one before, found else');
  }
}

function changedElements(read: Elements, written: Elements): Map<string, Element> {
  return new Map(
    [...written].filter(
      ([name, { content }]) => read.get(name)?.content.getVersion() !== content.getVersion(),
    ),
  );
}

function checkAuthority(
  current: Configuration,
  changed: Elements,
  existing: Elements,
  envelope: common.ConfigUpdateEnvelope,
): void {
  if (changed.size === 0) throw new Error('update: expected a change, found none');
  const signers = signersOf(signedDataOf(envelope), current.members);
  for (const [name, { content }] of changed) {
    const before = existing.get(name);
    expect(
      `new version of ${name}`,
      before ? before.content.getVersion() + 1 : 0,
      content.getVersion(),
    );
    if (before === undefined) continue;
    const policy = policyPathOf(before);
    if (current.policies.areSatisfied(policy, signers)) continue;
    const by = signers.map(({ mspId }) => mspId).join(', ') || 'nobody';
    throw new Error(`change of ${name}: expected signatures that ${policy} asks for, found ${by}`);
  }
}

/** Where the policy lies that a change of a part must satisfy: beside a value or policy, within a group. */
function policyPathOf({ kind, path, content }: Element): string {
  const policy = content.getModPolicy() || 'Admins';
  if (policy.startsWith('/')) return policy;
  return kind === 'group'
    ? `${path}/${policy}`
    : `${path.slice(0, path.lastIndexOf('/'))}/${policy}`;
}

function signedDataOf(envelope: common.ConfigUpdateEnvelope): readonly SignedData[] {
  const update = envelope.getConfigUpdate_asU8();
  return envelope.getSignaturesList().map((each) => {
    const header = each.getSignatureHeader_asU8();
    return {
      message: Buffer.concat([header, update]),
      signer: common.SignatureHeader.deserializeBinary(header).getCreator_asU8(),
      signature: each.getSignature_asU8(),
    };
  });
}

function expect(
  field: string,
  expected: number | string | undefined,
  found: number | string,
): void {
  if (expected === found) return;
  throw new Error(`${field}: expected ${expected ?? 'none'}, found ${found}`);
}
