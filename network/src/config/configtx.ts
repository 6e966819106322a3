import { join } from 'node:path';
import type { OrdererPlan, Plan } from '../plan/index.js';
import type { Member } from '../profile/index.js';
import {
  endorsementPolicy,
  implicitMeta,
  organisationPolicies,
  SHARED_POLICIES,
  signature,
} from './policies.js';
import { SMARTBFT_OPTIONS } from './smartbft.js';
import { clusterCertificate } from './orderer.js';

/** The profile of the channel in configtx.yaml. */
export const CHANNEL_PROFILE = 'Programme';

const capability = (version: string) => ({ [version]: true });

/** What the channel's first block is made of, for `configtxgen`. */
export function configtx(plan: Plan): object {
  return {
    Profiles: {
      [CHANNEL_PROFILE]: {
        Policies: SHARED_POLICIES,
        Capabilities: capability('V3_0'),
        Orderer: {
          OrdererType: 'BFT',
          // SmartBFT of main of 2023-04-05 cuts batches by its own options, later versions by these too
          BatchTimeout: '200ms',
          BatchSize: {
            MaxMessageCount: 100,
            AbsoluteMaxBytes: '10 MB',
            PreferredMaxBytes: '2 MB',
          },
          ConsenterMapping: plan.orderers.map((orderer) => consenter(plan, orderer)),
          SmartBFT: SMARTBFT_OPTIONS,
          Policies: { ...SHARED_POLICIES, BlockValidation: implicitMeta('ANY Writers') },
          Capabilities: capability('V2_0'),
          Organizations: plan.orderers.map((orderer) => ({
            ...organisation(plan, orderer.member),
            OrdererEndpoints: [`${plan.profile.host}:${orderer.ports.client}`],
          })),
        },
        Application: {
          Policies: {
            ...SHARED_POLICIES,
            // members without a peer cannot approve chaincode: a majority of all would never be reached
            LifecycleEndorsement: signature(endorsementPolicy(plan.profile)),
            Endorsement: signature(endorsementPolicy(plan.profile)),
          },
          Capabilities: capability('V2_5'),
          Organizations: plan.profile.members.map((member) => ({
            ...organisation(plan, member),
            AnchorPeers: plan.peers
              .filter((peer) => peer.member === member)
              .map((peer) => ({ Host: plan.profile.host, Port: peer.ports.client })),
          })),
        },
      },
    },
  };
}

function organisation(plan: Plan, member: Member): object {
  return {
    Name: member.mspId,
    ID: member.mspId,
    MSPDir: join(plan.files.organisation(member), 'msp'),
    Policies: organisationPolicies(member.mspId),
  };
}

function consenter(plan: Plan, orderer: OrdererPlan): object {
  const identity = plan.files.ordererIdentity(orderer.member);
  const tls = clusterCertificate(plan, orderer).certificate;
  return {
    ID: orderer.consenterId,
    Host: plan.profile.host,
    Port: orderer.ports.cluster,
    MSPID: orderer.member.mspId,
    Identity: join(identity, 'msp', 'signcerts', `${orderer.hostname}-cert.pem`),
    ClientTLSCert: tls,
    ServerTLSCert: tls,
  };
}
