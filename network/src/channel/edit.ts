import { z } from 'zod';
import type { ChannelConfig, ConfigGroup, ConfigPolicy, ConfigValue } from './config.js';

const APPLICATION = 'Application';
const ORDERER = 'Orderer';
/** The policies that name every member of a part. */
const OF_MEMBERS: ReadonlySet<string> = new Set(['Readers', 'Writers']);
/** common.Policy's kinds. */
const SIGNATURE = 1;

const policyKind = z.looseObject({ policy: z.looseObject({ type: z.number() }) });

/** A policy that one of those who are named satisfies, as configtxlator writes it. */
const signaturePolicy = z.looseObject({
  policy: z.looseObject({
    type: z.literal(SIGNATURE),
    value: z.looseObject({
      identities: z.array(z.unknown()),
      rule: z.strictObject({
        n_out_of: z.strictObject({ n: z.literal(1), rules: z.array(z.unknown()) }),
      }),
    }),
  }),
});

/** Where an ordering node is, and with which certificates the others know it; PEM. */
export interface Consenter {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly mspId: string;
  readonly identity: string;
  readonly clientTlsCertificate: string;
  readonly serverTlsCertificate: string;
}

/** An organisation to be added to a channel. */
export interface NewOrganisation {
  readonly mspId: string;
  /** what configtxgen prints for it */
  readonly group: ConfigGroup;
  /** where other organisations' peers find its own */
  readonly anchor?: { readonly host: string; readonly port: number } | undefined;
  /** its ordering node, and where clients reach that */
  readonly consenter?: { readonly node: Consenter; readonly endpoint: string } | undefined;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/**
 * Puts an organisation's revocation list in place of the one it had, for its members and its ordering nodes.
 * @param revocationList PEM, which holds every revocation so far
 * @throws Error when the channel has no such organisation
 */
export function withRevocationList(
  config: ChannelConfig,
  mspId: string,
  revocationList: string,
): ChannelConfig {
  const list = [base64(revocationList)];
  const revoke = (organisation: ConfigGroup): ConfigGroup => {
    const msp = organisation.values['MSP'] ?? { value: {} };
    const held = msp.value['config'] as Record<string, unknown>;
    const value = { ...msp.value, config: { ...held, revocation_list: list } };
    return withValue(organisation, 'MSP', { ...msp, value });
  };
  const parts = [APPLICATION, ORDERER].filter(
    (part) => config.channel_group.groups[part]?.groups[mspId] !== undefined,
  );
  if (parts.length === 0) {
    throw new Error(`${mspId}: expected an organisation of the channel, found none`);
  }
  return parts.reduce(
    (state, part) => inPart(state, part, (group) => inGroup(group, mspId, revoke)),
    config,
  );
}

/** Adds an organisation; one that the channel has already is left as it is. */
export function withOrganisation(config: ChannelConfig, added: NewOrganisation): ChannelConfig {
  const { mspId, group, anchor, consenter } = added;
  const anchored =
    anchor === undefined
      ? group
      : withValue(group, 'AnchorPeers', {
          mod_policy: 'Admins',
          value: { anchor_peers: [anchor] },
          version: '0',
        });
  const joined = admitted(config, APPLICATION, mspId, anchored);
  if (consenter === undefined) return joined;
  const reached = withValue(group, 'Endpoints', {
    mod_policy: 'Admins',
    value: { addresses: [consenter.endpoint] },
    version: '0',
  });
  return withConsenter(admitted(joined, ORDERER, mspId, reached), consenter.node);
}

/** Puts an organisation into a part of the channel, which its members read and write from then on. */
function admitted(
  config: ChannelConfig,
  part: string,
  mspId: string,
  group: ConfigGroup,
): ChannelConfig {
  if (config.channel_group.groups[part]?.groups[mspId] !== undefined) return config;
  return inPart(config, part, (parent) => ({
    ...parent,
    groups: { ...parent.groups, [mspId]: group },
    policies: {
      ...parent.policies,
      ...Object.fromEntries(
        Object.entries(parent.policies)
          .filter(([name]) => OF_MEMBERS.has(name))
          .map(([name, policy]) => [name, naming(policy, mspId)]),
      ),
    },
  }));
}

/** The policy with one more organisation that satisfies it; one that asks each organisation's own policy stays. */
function naming(held: ConfigPolicy, mspId: string): ConfigPolicy {
  if (policyKind.parse(held).policy.type !== SIGNATURE) return held;
  const data = signaturePolicy.parse(held);
  const { identities, rule } = data.policy.value;
  const member = { msp_identifier: mspId, role: 'MEMBER' };
  const value = {
    ...data.policy.value,
    identities: [...identities, { principal: member, principal_classification: 'ROLE' }],
    rule: { n_out_of: { n: 1, rules: [...rule.n_out_of.rules, { signed_by: identities.length }] } },
  };
  return { ...data, policy: { ...data.policy, value } };
}

/** Adds an ordering node to those who agree on blocks, or puts its certificates in place of those it had. */
export function withConsenter(config: ChannelConfig, node: Consenter): ChannelConfig {
  return inPart(config, ORDERER, (orderer) => {
    const mapping = orderer.values['Orderers'];
    return mapping !== undefined && 'consenter_mapping' in mapping.value
      ? withBftConsenter(orderer, mapping, node)
      : withRaftConsenter(orderer, node);
  });
}

type Entry = Readonly<Record<string, unknown>>;

function withBftConsenter(orderer: ConfigGroup, mapping: ConfigValue, node: Consenter) {
  const entry = {
    id: node.id,
    msp_id: node.mspId,
    identity: base64(node.identity),
    ...placed(node),
  };
  const consenters = replaced(mapping.value['consenter_mapping'] as readonly Entry[], entry);
  const value = { ...mapping.value, consenter_mapping: consenters };
  return withQuorum(withValue(orderer, 'Orderers', { ...mapping, value }), consenters);
}

/** SmartBFT takes no change of its nodes that leaves another policy for blocks than this one. */
function withQuorum(orderer: ConfigGroup, consenters: readonly Entry[]): ConfigGroup {
  const count = consenters.length;
  const faulty = Math.floor((count - 1) / 3);
  const policy = {
    type: SIGNATURE,
    value: {
      identities: consenters.map(({ msp_id: mspid, identity: id_bytes }) => ({
        principal: { mspid, id_bytes },
        principal_classification: 'IDENTITY',
      })),
      rule: {
        n_out_of: {
          n: Math.ceil((count + faulty + 1) / 2),
          rules: consenters.map((_, signed_by) => ({ signed_by })),
        },
      },
      version: 0,
    },
  };
  const held = orderer.policies['BlockValidation'] ?? {};
  return { ...orderer, policies: { ...orderer.policies, BlockValidation: { ...held, policy } } };
}

function withRaftConsenter(orderer: ConfigGroup, node: Consenter) {
  const consensus = orderer.values['ConsensusType'] ?? { value: {} };
  const metadata = consensus.value['metadata'] as Readonly<Record<string, unknown>>;
  const consenters = replaced(metadata['consenters'] as readonly Entry[], placed(node));
  const value = { ...consensus.value, metadata: { ...metadata, consenters } };
  return withValue(orderer, 'ConsensusType', { ...consensus, value });
}

function placed({ host, port, clientTlsCertificate, serverTlsCertificate }: Consenter) {
  return {
    ...{ host, port },
    client_tls_cert: base64(clientTlsCertificate),
    server_tls_cert: base64(serverTlsCertificate),
  };
}

/** The entry with the same address gives way. */
function replaced(entries: readonly Entry[], entry: Entry & { host: string; port: number }) {
  const same = (each: Entry) => each['host'] === entry.host && each['port'] === entry.port;
  return entries.some(same)
    ? entries.map((each) => (same(each) ? { ...each, ...entry } : each))
    : [...entries, entry];
}

function inPart(
  config: ChannelConfig,
  part: string,
  edit: (group: ConfigGroup) => ConfigGroup,
): ChannelConfig {
  return { ...config, channel_group: inGroup(config.channel_group, part, edit) };
}

function inGroup(
  parent: ConfigGroup,
  name: string,
  edit: (group: ConfigGroup) => ConfigGroup,
): ConfigGroup {
  const child = parent.groups[name];
  if (child === undefined) throw new Error(`expected a group ${name} in the configuration`);
  return { ...parent, groups: { ...parent.groups, [name]: edit(child) } };
}

function withValue(group: ConfigGroup, name: string, value: ConfigValue): ConfigGroup {
  return { ...group, values: { ...group.values, [name]: value } };
}
