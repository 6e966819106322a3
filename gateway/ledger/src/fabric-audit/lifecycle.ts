import { common, peer } from '@hyperledger/fabric-protos';
import type { Configuration } from './configuration/configuration.js';
import type { Identity } from './identity/members.js';
import type { NamespaceSet } from './transaction/namespaces.js';

const LIFECYCLE = '_lifecycle';

/** Where the lifecycle writes who must endorse a chaincode. */
const VALIDATION_INFO = /^namespaces\/fields\/([^/]+)\/ValidationInfo$/u;
const IMPLICIT_COLLECTION = /^_implicit_org_(.+)$/u;
const BUILT_IN_PLUGIN = 'vscc';

/** Who must endorse what, as the blocks so far have defined it. */
export class EndorsementRules {
  readonly #policies = new Map<string, common.ApplicationPolicy>();

  /** Whether a chaincode is defined, with endorsements that the peers' own rules check. */
  isDefined(namespace: string): boolean {
    return namespace === LIFECYCLE || this.#policies.has(namespace);
  }

  /**
   * What the endorsers of a transaction that touches a chaincode lack; empty when nothing. Undefined when it writes a
   * private collection whose own rule the blocks do not show.
   */
  lacking(
    set: NamespaceSet,
    signers: readonly Identity[],
    configuration: Configuration,
  ): readonly string[] | undefined {
    const lacking: string[] = [];
    const written = set.collections.filter(({ writes }) => writes.length > 0);
    for (const { name } of written) {
      const mspId = IMPLICIT_COLLECTION.exec(name)?.[1];
      if (mspId === undefined) return undefined;
      const organisation = configuration.organisations.get(mspId) ?? mspId;
      const policy = `/Channel/Application/${organisation}/Endorsement`;
      if (!configuration.policies.areSatisfied(policy, signers)) lacking.push(policy);
    }
    if (set.writes.length === 0 && written.length > 0) return lacking;
    return [...lacking, ...this.#ofChaincode(set.namespace, signers, configuration)];
  }

  /** Takes note of what a valid transaction defined. */
  apply({ namespace, writes }: NamespaceSet): void {
    if (namespace !== LIFECYCLE) return;
    for (const { key, value } of writes) {
      const chaincode = VALIDATION_INFO.exec(key)?.[1];
      if (chaincode === undefined) continue;
      const policy = value === undefined ? undefined : policyOf(value);
      if (policy === undefined) this.#policies.delete(chaincode);
      else this.#policies.set(chaincode, policy);
    }
  }

  #ofChaincode(
    namespace: string,
    signers: readonly Identity[],
    { policies }: Configuration,
  ): readonly string[] {
    if (namespace === LIFECYCLE) {
      const policy = '/Channel/Application/LifecycleEndorsement';
      return policies.areSatisfied(policy, signers) ? [] : [policy];
    }
    const policy = this.#policies.get(namespace);
    if (policy !== undefined && policies.isEndorsed(policy, signers)) return [];
    return [`the endorsement policy of ${namespace}`];
  }
}

function policyOf(state: Uint8Array): common.ApplicationPolicy | undefined {
  const bytes = peer.lifecycle.StateData.deserializeBinary(state).getBytes_asU8();
  const info = peer.lifecycle.ChaincodeValidationInfo.deserializeBinary(bytes);
  if (info.getValidationPlugin() !== BUILT_IN_PLUGIN) return undefined;
  return common.ApplicationPolicy.deserializeBinary(info.getValidationParameter_asU8());
}
