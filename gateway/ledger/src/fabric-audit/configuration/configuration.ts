import { common, msp } from '@hyperledger/fabric-protos';
import { Members } from '../identity/members.js';
import { Msp } from '../identity/msp.js';
import { Policies } from '../policy/policies.js';

/** An ordering node that signs blocks by its number. */
export interface Consenter {
  /** a serialised identity */
  readonly identity: Uint8Array;
  readonly mspId: string;
}

/** A channel's configuration, as one of its blocks put it in force. */
export class Configuration {
  readonly sequence: number;
  readonly channel: string;
  /** the number of the block that holds it */
  readonly block: number;
  readonly group: common.ConfigGroup;
  readonly members: Members;
  readonly policies: Policies;
  /** the name that each organisation's policies lie under, by MSP id */
  readonly organisations: ReadonlyMap<string, string>;
  /** the ordering nodes by number; empty where blocks are signed by whichever node made them */
  readonly consenters: ReadonlyMap<number, Consenter>;

  private constructor(
    place: ConfigurationPlace,
    config: common.Config,
    members: Members,
    organisations: ReadonlyMap<string, string>,
  ) {
    this.channel = place.channel;
    this.block = place.block;
    this.sequence = config.getSequence();
    this.group = groupOf(config);
    this.members = members;
    this.policies = new Policies(this.group, members);
    this.organisations = organisations;
    this.consenters = consentersOf(this.group);
  }

  /** Throws an Error when a part that the configuration needs is left out or cannot be read. */
  static async read(place: ConfigurationPlace, config: common.Config): Promise<Configuration> {
    const msps = new Map<string, Msp>();
    const names = new Map<string, string>();
    for (const kind of ['Orderer', 'Application']) {
      for (const [name, organisation] of organisationsOf(config, kind)) {
        const read = await readMsp(name, organisation);
        msps.set(read.id, read);
        names.set(read.id, name);
      }
    }
    return new Configuration(place, config, new Members(msps), names);
  }
}

/** Where a configuration stands. */
export interface ConfigurationPlace {
  readonly channel: string;
  readonly block: number;
}

function groupOf(config: common.Config): common.ConfigGroup {
  const group = config.getChannelGroup();
  if (group === undefined) throw new Error('configuration: expected a channel group, found none');
  return group;
}

function organisationsOf(
  config: common.Config,
  kind: string,
): readonly (readonly [name: string, organisation: common.ConfigGroup])[] {
  const organisations: [string, common.ConfigGroup][] = [];
  const group = groupOf(config).getGroupsMap().get(kind);
  group?.getGroupsMap().forEach((each, name) => void organisations.push([name, each]));
  return organisations;
}

async function readMsp(name: string, organisation: common.ConfigGroup): Promise<Msp> {
  const value = organisation.getValuesMap().get('MSP');
  if (value === undefined) throw new Error(`organisation ${name}: expected an MSP, found none`);
  return Msp.read(msp.MSPConfig.deserializeBinary(value.getValue_asU8()).getConfig_asU8());
}

function consentersOf(group: common.ConfigGroup): ReadonlyMap<number, Consenter> {
  const value = group.getGroupsMap().get('Orderer')?.getValuesMap().get('Orderers');
  if (value === undefined) return new Map();
  const mapping = common.Orderers.deserializeBinary(value.getValue_asU8());
  return new Map(
    mapping.getConsenterMappingList().map((each) => {
      const identity = new msp.SerializedIdentity();
      identity.setMspid(each.getMspId());
      identity.setIdBytes(each.getIdentity_asU8());
      return [each.getId(), { identity: identity.serializeBinary(), mspId: each.getMspId() }];
    }),
  );
}
