import { common } from '@hyperledger/fabric-protos';
import type { Identity, Members } from '../identity/members.js';

/** Whether those who signed satisfy a signature policy, as Fabric counts: each signer for one principal only. */
export function satisfiesSignaturePolicy(
  envelope: common.SignaturePolicyEnvelope,
  signers: readonly Identity[],
  members: Members,
): boolean {
  const principals = envelope.getIdentitiesList();

  /** Gives the signers that are used up; undefined when the rule is not satisfied. */
  const satisfied = (
    rule: common.SignaturePolicy | undefined,
    used: ReadonlySet<Identity>,
  ): ReadonlySet<Identity> | undefined => {
    const { SIGNED_BY, N_OUT_OF } = common.SignaturePolicy.TypeCase;
    if (rule?.getTypeCase() === SIGNED_BY) {
      const principal = principals[rule.getSignedBy()];
      const signer = signers.find(
        (each) => !used.has(each) && principal && members.satisfies(each, principal),
      );
      return signer && new Set([...used, signer]);
    }
    if (rule?.getTypeCase() !== N_OUT_OF) return undefined;
    const gate = rule.getNOutOf();
    let count = 0;
    let taken = used;
    for (const each of gate?.getRulesList() ?? []) {
      const after = satisfied(each, taken);
      if (after === undefined) continue;
      count += 1;
      taken = after;
    }
    return gate !== undefined && count >= gate.getN() ? taken : undefined;
  };

  return satisfied(envelope.getRule(), new Set()) !== undefined;
}
