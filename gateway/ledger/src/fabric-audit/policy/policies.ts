import { common } from '@hyperledger/fabric-protos';
import type { Identity, Members } from '../identity/members.js';
import { satisfiesSignaturePolicy } from './signature-policy.js';

/** The policies of one configuration. */
export class Policies {
  readonly #channel: common.ConfigGroup;
  readonly #members: Members;

  constructor(channel: common.ConfigGroup, members: Members) {
    this.#channel = channel;
    this.#members = members;
  }

  /**
   * Whether those who signed satisfy a policy; one that the configuration lacks is never satisfied.
   * @param path for instance `/Channel/Application/Endorsement`
   */
  areSatisfied(path: string, signers: readonly Identity[]): boolean {
    const [channel, ...names] = path.split('/').filter(Boolean);
    const policy = names.pop();
    if (channel !== 'Channel' || policy === undefined) return false;
    let group: common.ConfigGroup | undefined = this.#channel;
    for (const name of names) group = group?.getGroupsMap().get(name);
    return group !== undefined && this.#isSatisfied(group, policy, signers);
  }

  /** Whether those who signed satisfy an endorsement policy as a chaincode's definition holds it. */
  isEndorsed(policy: common.ApplicationPolicy, signers: readonly Identity[]): boolean {
    const envelope = policy.getSignaturePolicy();
    if (envelope !== undefined) return satisfiesSignaturePolicy(envelope, signers, this.#members);
    return this.areSatisfied(policy.getChannelConfigPolicyReference(), signers);
  }

  #isSatisfied(group: common.ConfigGroup, name: string, signers: readonly Identity[]): boolean {
    const policy = group.getPoliciesMap().get(name)?.getPolicy();
    if (policy === undefined) return false;
    const { SIGNATURE, IMPLICIT_META } = common.Policy.PolicyType;
    switch (policy.getType()) {
      case SIGNATURE: {
        const envelope = common.SignaturePolicyEnvelope.deserializeBinary(policy.getValue_asU8());
        return satisfiesSignaturePolicy(envelope, signers, this.#members);
      }
      case IMPLICIT_META: {
        const meta = common.ImplicitMetaPolicy.deserializeBinary(policy.getValue_asU8());
        return this.#isSatisfiedBelow(group, meta, signers);
      }
      default:
        return false;
    }
  }

  #isSatisfiedBelow(
    group: common.ConfigGroup,
    meta: common.ImplicitMetaPolicy,
    signers: readonly Identity[],
  ): boolean {
    const below: common.ConfigGroup[] = [];
    group.getGroupsMap().forEach((each) => void below.push(each));
    const satisfied = below.filter((each) => this.#isSatisfied(each, meta.getSubPolicy(), signers));
    const { ANY, ALL, MAJORITY } = common.ImplicitMetaPolicy.Rule;
    const needed = new Map<number, number>([
      [ANY, Math.min(1, below.length)],
      [ALL, below.length],
      [MAJORITY, below.length === 0 ? 0 : Math.floor(below.length / 2) + 1],
    ]).get(meta.getRule());
    return needed !== undefined && satisfied.length >= needed;
  }
}
