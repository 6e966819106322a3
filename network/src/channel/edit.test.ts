import { describe, expect, test } from '@jest/globals';
import { configOf, parseGroup } from './config.js';
import { withConsenter, withOrganisation, withRevocationList, type Consenter } from './index.js';

const organisation = (mspId: string) => ({
  groups: {},
  mod_policy: 'Admins',
  policies: {},
  values: {
    MSP: { mod_policy: 'Admins', value: { config: { name: mspId, revocation_list: [] }, type: 0 } },
  },
  version: '0',
});

/** A policy that one of the named members satisfies, as configtxlator writes it. */
const named = (...mspIds: readonly string[]) => ({
  mod_policy: 'Admins',
  policy: {
    type: 1,
    value: {
      identities: mspIds.map((mspId) => ({
        principal: { msp_identifier: mspId, role: 'MEMBER' },
        principal_classification: 'ROLE',
      })),
      rule: { n_out_of: { n: 1, rules: mspIds.map((_, index) => ({ signed_by: index })) } },
      version: 0,
    },
  },
  version: '0',
});
/** A policy that asks each organisation's own. */
const eachOwn = { mod_policy: 'Admins', policy: { type: 3 }, version: '0' };

const block = {
  data: {
    data: [
      {
        payload: {
          data: {
            config: {
              sequence: '3',
              channel_group: {
                groups: {
                  Application: {
                    groups: {
                      LabMSP: organisation('LabMSP'),
                      PayerMSP: organisation('PayerMSP'),
                    },
                    policies: { Readers: named('LabMSP', 'PayerMSP'), Writers: eachOwn },
                    values: {},
                  },
                  Orderer: {
                    groups: { LabMSP: organisation('LabMSP') },
                    policies: { BlockValidation: { mod_policy: 'Admins', policy: { type: 3 } } },
                    values: {
                      Orderers: {
                        value: {
                          consenter_mapping: [
                            { id: 1, host: '127.0.0.1', port: 7051, identity: 'b2xk' },
                            { id: 2, host: '127.0.0.1', port: 7151, identity: 'b3RoZXI=' },
                          ],
                        },
                      },
                    },
                  },
                },
                policies: {},
                values: { Capabilities: { value: null } },
                mod_policy: 'Admins',
              },
            },
          },
        },
      },
    ],
  },
};

const config = configOf(block);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const node: Consenter = {
  id: 1,
  host: '127.0.0.1',
  port: 7051,
  mspId: 'LabMSP',
  identity: 'new',
  clientTlsCertificate: 'tls',
  serverTlsCertificate: 'tls',
};

/** What lies at a path of the configuration. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], value);
}

describe("an edit of a channel's configuration", () => {
  test('puts a revocation list into an organisation, as member and as owner of an ordering node', () => {
    const edited = withRevocationList(config, 'LabMSP', 'list');
    for (const part of ['Application', 'Orderer']) {
      const list = ['values', 'MSP', 'value', 'config', 'revocation_list'];
      const groups = [part, 'groups', 'LabMSP', ...list];
      expect(at(edited.channel_group.groups, ...groups)).toEqual([base64('list')]);
    }
    expect(edited.channel_group.groups['Application']?.groups['PayerMSP']).toEqual(
      config.channel_group.groups['Application']?.groups['PayerMSP'],
    );
  });

  test('refuses to revoke for an organisation that the channel does not have', () => {
    expect(() => withRevocationList(config, 'CourierMSP', 'list')).toThrow(
      'CourierMSP: expected an organisation of the channel, found none',
    );
  });

  test('adds an organisation with its anchor peer, once', () => {
    const added = {
      mspId: 'ClinicMSP',
      group: parseGroup(organisation('ClinicMSP')),
      anchor: { host: '127.0.0.1', port: 7251 },
    };
    const edited = withOrganisation(config, added);
    const clinic = edited.channel_group.groups['Application']?.groups['ClinicMSP'];
    expect(at(clinic, 'values', 'AnchorPeers', 'value')).toEqual({ anchor_peers: [added.anchor] });
    expect(withOrganisation(edited, added)).toEqual(edited);
  });

  test('names an added organisation among those who read and write, where members are named', () => {
    const group = parseGroup(organisation('ClinicMSP'));
    const edited = withOrganisation(config, { mspId: 'ClinicMSP', group });
    expect(edited.channel_group.groups['Application']?.policies).toEqual({
      Readers: named('LabMSP', 'PayerMSP', 'ClinicMSP'),
      Writers: eachOwn,
    });
  });

  test('adds an organisation that owns an ordering node to those who agree on blocks', () => {
    const joining = { ...node, id: 3, mspId: 'ClinicMSP', port: 7351 };
    const group = parseGroup(organisation('ClinicMSP'));
    const consenter = { node: joining, endpoint: '127.0.0.1:7350' };
    const edited = withOrganisation(config, { mspId: 'ClinicMSP', group, consenter });
    const orderer = edited.channel_group.groups['Orderer'];
    const endpoints = ['groups', 'ClinicMSP', 'values', 'Endpoints', 'value', 'addresses'];
    expect(at(orderer, ...endpoints)).toEqual(['127.0.0.1:7350']);
    const mapping = at(orderer, 'values', 'Orderers', 'value', 'consenter_mapping');
    expect(mapping).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3, msp_id: 'ClinicMSP' }]);
    const policy = at(orderer, 'policies', 'BlockValidation');
    expect(policy).toMatchObject({
      mod_policy: 'Admins',
      policy: { type: 1, value: { rule: { n_out_of: { n: 2 } } } },
    });
    expect(at(policy, 'policy', 'value', 'identities')).toHaveLength(3);
  });

  test('puts new certificates of one ordering node in place of the old', () => {
    const edited = withConsenter(config, node);
    const orderer = edited.channel_group.groups['Orderer'];
    expect(at(orderer, 'values', 'Orderers', 'value', 'consenter_mapping')).toMatchObject([
      { id: 1, port: 7051, identity: base64('new'), client_tls_cert: base64('tls') },
      { id: 2, identity: 'b3RoZXI=' },
    ]);
    const identities = ['policies', 'BlockValidation', 'policy', 'value', 'identities'];
    expect(at(orderer, ...identities)).toMatchObject([
      { principal: { mspid: 'LabMSP', id_bytes: base64('new') } },
      { principal: { id_bytes: 'b3RoZXI=' } },
    ]);
  });

  test('changes nothing of what it was given', () => {
    withConsenter(withRevocationList(config, 'LabMSP', 'list'), node);
    expect(config).toEqual(configOf(block));
  });
});

test('a block without a configuration is refused', () => {
  expect(() => configOf({ data: { data: [] } })).toThrow();
});
