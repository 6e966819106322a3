import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requireFabric } from '@veinledger/network';
import {
  type ChannelConfig,
  type Consenter,
  parseGroup,
  withConsenter,
  withOrganisation,
  withRevocationList,
} from '@veinledger/network/channel';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const organisation = (mspId: string) =>
  parseGroup({
    ...{ groups: {}, policies: {}, mod_policy: 'Admins', version: '0' },
    values: {
      MSP: {
        ...{ mod_policy: 'Admins', version: '0' },
        value: { type: 0, config: { name: mspId, root_certs: [base64(`${mspId} root`)] } },
      },
    },
  });

/** A policy that one of the named members satisfies. */
const named = (...mspIds: readonly string[]) => ({
  ...{ mod_policy: 'Admins', version: '0' },
  policy: {
    type: 1,
    value: {
      version: 0,
      identities: mspIds.map((mspId) => ({
        principal: { msp_identifier: mspId, role: 'MEMBER' },
        principal_classification: 'ROLE',
      })),
      rule: { n_out_of: { n: 1, rules: mspIds.map((_, signed_by) => ({ signed_by })) } },
    },
  },
});

const node = (id: number, port: number): Consenter => ({
  ...{ id, port, host: '127.0.0.1', mspId: 'LabMSP', identity: `identity ${id}` },
  ...{ clientTlsCertificate: `client ${id}`, serverTlsCertificate: `server ${id}` },
});

const entry = ({ id, host, port, mspId, ...certificates }: Consenter) => ({
  ...{ id, host, port, msp_id: mspId, identity: base64(certificates.identity) },
  client_tls_cert: base64(certificates.clientTlsCertificate),
  server_tls_cert: base64(certificates.serverTlsCertificate),
});

const part = { mod_policy: 'Admins', version: '0' };
const nodes = [node(1, 7051), node(2, 7151), node(3, 7251), node(4, 7351)];

/** A channel of two members, ordered by SmartBFT or by Raft. */
const channel = (ordering: 'BFT' | 'etcdraft'): ChannelConfig => ({
  sequence: '3',
  channel_group: {
    ...part,
    values: {},
    policies: {},
    groups: {
      Application: {
        ...part,
        groups: { LabMSP: organisation('LabMSP'), PayerMSP: organisation('PayerMSP') },
        policies: { Readers: named('LabMSP', 'PayerMSP'), Writers: named('LabMSP', 'PayerMSP') },
        values: {},
      },
      Orderer: {
        ...part,
        groups: { LabMSP: organisation('LabMSP') },
        policies: { BlockValidation: named('LabMSP'), Readers: named('LabMSP') },
        values: ordering === 'BFT' ? bft : raft,
      },
    },
  },
});

const bft = { Orderers: { ...part, value: { consenter_mapping: nodes.map(entry) } } };
const raft = {
  ConsensusType: {
    ...part,
    value: {
      type: 'etcdraft',
      metadata: {
        consenters: nodes.map(entry).map(({ host, port, client_tls_cert, server_tls_cert }) => ({
          ...{ host, port, client_tls_cert, server_tls_cert },
        })),
      },
    },
  },
};

const clinic = { mspId: 'ClinicMSP', group: organisation('ClinicMSP') };
const anchor = { host: '127.0.0.1', port: 7451 };
const renewed = { ...node(2, 7151), clientTlsCertificate: 'renewed', identity: 'renewed' };
const joining = { node: { ...node(5, 7551), mspId: 'ClinicMSP' }, endpoint: '127.0.0.1:7550' };

let program: string;
let folder: string;
beforeAll(async () => {
  program = join((await requireFabric()).binDir, 'configtxlator');
  folder = await mkdtemp(join(tmpdir(), 'veinledger-channel-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe("an edit of a channel's configuration, held against Fabric's configtxlator", () => {
  test.each([
    [
      'revokes certificates of a member and of its ordering nodes',
      channel('BFT'),
      (config: ChannelConfig) => withRevocationList(config, 'LabMSP', 'list'),
      ['Application/LabMSP/MSP', 'Orderer/LabMSP/MSP'],
    ],
    [
      'renews an ordering node of SmartBFT, and whose signatures a block needs',
      channel('BFT'),
      (config: ChannelConfig) => withConsenter(config, renewed),
      ['Orderer/BlockValidation', 'Orderer/Orderers'],
    ],
    [
      'renews an ordering node of Raft',
      channel('etcdraft'),
      (config: ChannelConfig) => withConsenter(config, renewed),
      ['Orderer/ConsensusType'],
    ],
    [
      'admits a member with its anchor peer',
      channel('BFT'),
      (config: ChannelConfig) => withOrganisation(config, { ...clinic, anchor }),
      ['Application', 'Application/ClinicMSP', 'Application/Readers', 'Application/Writers'],
    ],
    [
      'admits a member with an ordering node',
      channel('BFT'),
      (config: ChannelConfig) => withOrganisation(config, { ...clinic, consenter: joining }),
      [
        ...['Application', 'Application/ClinicMSP', 'Application/Readers', 'Application/Writers'],
        ...['Orderer', 'Orderer/BlockValidation', 'Orderer/ClinicMSP', 'Orderer/Orderers'],
        'Orderer/Readers',
      ],
    ],
  ])('%s, changes nothing else, and is read as it was written', async (_, from, edit, changes) => {
    const edited = edit(from);
    expect(await readBack(edited)).toMatchObject({ ...edited });
    expect(await changedBy(from, edited)).toEqual(changes);
  });

  test('is no update where it changes nothing', async () => {
    const config = withConsenter(channel('BFT'), node(2, 7151));
    const again = withConsenter(config, node(2, 7151));
    await expect(changedBy(config, again)).rejects.toThrow('no differences detected');
  });
});

/** A configuration as Fabric reads it from its own encoding. */
async function readBack(config: ChannelConfig): Promise<unknown> {
  return decode('common.Config', await encode(config, 'config'));
}

interface Group {
  readonly version?: string;
  readonly groups?: Readonly<Record<string, Group>>;
  readonly values?: Readonly<Record<string, Versioned>>;
  readonly policies?: Readonly<Record<string, Versioned>>;
}

interface Versioned {
  readonly version?: string;
}

/** The groups, values and policies that the update from one configuration to another writes anew, by their paths. */
async function changedBy(from: ChannelConfig, to: ChannelConfig): Promise<readonly string[]> {
  const [original, updated] = [await encode(from, 'original'), await encode(to, 'updated')];
  const output = join(folder, 'update.pb');
  const configs = ['--original', original, '--updated', updated, '--output', output];
  await translate(['compute_update', '--channel_id', 'programme', ...configs]);
  const { read_set, write_set } = (await decode('common.ConfigUpdate', output)) as {
    readonly read_set: Group;
    readonly write_set: Group;
  };
  return written(read_set, write_set, []).sort();
}

function written(read: Group | undefined, write: Group, path: readonly string[]): string[] {
  const isNew = (before: Versioned | undefined, after: Versioned) =>
    before === undefined || (before.version ?? '0') !== (after.version ?? '0');
  const changed = (before: Readonly<Record<string, Versioned>> = {}, after = before) =>
    Object.entries(after).filter(([name, each]) => isNew(before[name], each));
  const own = isNew(read, write) ? [path.join('/')] : [];
  const parts = [
    ...changed(read?.values, write.values ?? {}),
    ...changed(read?.policies, write.policies ?? {}),
  ];
  const inside = Object.entries(write.groups ?? {}).flatMap(([name, each]) =>
    read === undefined ? [] : written(read.groups?.[name], each, [...path, name]),
  );
  const listed = read === undefined ? [] : parts.map(([name]) => [...path, name].join('/'));
  return [...own, ...listed, ...inside];
}

async function encode(config: ChannelConfig, name: string): Promise<string> {
  const [input, output] = [join(folder, `${name}.json`), join(folder, `${name}.pb`)];
  await writeFile(input, JSON.stringify(config));
  await translate([
    'proto_encode',
    '--type',
    'common.Config',
    '--input',
    input,
    '--output',
    output,
  ]);
  return output;
}

async function decode(type: string, input: string): Promise<unknown> {
  const output = `${input}.json`;
  await translate(['proto_decode', '--type', type, '--input', input, '--output', output]);
  return JSON.parse(await readFile(output, 'utf8')) as unknown;
}

async function translate(args: readonly string[]): Promise<void> {
  await promisify(execFile)(program, [...args]);
}
