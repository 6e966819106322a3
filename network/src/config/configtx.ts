import type { ChannelPlan, MemberPlan, Plan } from '../plan/index.js';
import { agreement, CHANNEL_CAPABILITY } from './ordering.js';
import {
  CHANNEL_POLICIES,
  endorsementPolicy,
  implicitMeta,
  memberPolicies,
  organisationPolicies,
  signature,
} from './policies.js';

/** The profile of the channel in configtx.yaml. */
export const CHANNEL_PROFILE = 'Programme';

const capability = (version: string) => ({ [version]: true });

/** What a channel's first block is made of, for `configtxgen`: public halves of its members alone. */
export function configtx(plan: Plan, channel: ChannelPlan, fabricVersion: string): object {
  const policy = signature(endorsementPolicy(channel));
  const policies = memberPolicies(channel);
  return {
    Profiles: {
      [CHANNEL_PROFILE]: {
        Policies: CHANNEL_POLICIES,
        Capabilities: capability(CHANNEL_CAPABILITY[plan.profile.ordering.consensus]),
        Orderer: {
          ...agreement(plan, channel, fabricVersion),
          BatchSize: {
            MaxMessageCount: 100,
            AbsoluteMaxBytes: '10 MB',
            PreferredMaxBytes: '2 MB',
          },
          Policies: { ...policies, BlockValidation: implicitMeta('ANY Writers') },
          Capabilities: capability('V2_0'),
          Organizations: channel.members
            .filter(({ orderer }) => orderer !== undefined)
            .map((member) => organisation(member)),
        },
        Application: {
          // members without a peer cannot approve chaincode: a majority of all would never be reached
          Policies: { ...policies, LifecycleEndorsement: policy, Endorsement: policy },
          Capabilities: capability('V2_5'),
          Organizations: channel.members.map((member) => ({
            ...organisation(member),
            AnchorPeers: anchors(member),
          })),
        },
      },
    },
  };
}

/** An organisation as configtx.yaml has it, for a first block or to be added to a channel. */
export function organisation({ member, shared, orderer }: MemberPlan): object {
  return {
    Name: member.mspId,
    ID: member.mspId,
    MSPDir: shared.msp,
    Policies: organisationPolicies(member.mspId),
    ...(orderer === undefined
      ? {}
      : { OrdererEndpoints: [`${orderer.host}:${orderer.ports.client}`] }),
  };
}

function anchors({ peer }: MemberPlan): object[] {
  return peer === undefined ? [] : [{ Host: peer.host, Port: peer.ports.client }];
}
