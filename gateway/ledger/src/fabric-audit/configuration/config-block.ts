import { common } from '@hyperledger/fabric-protos';
import type { RawBlock } from '../../fabric/parse/block.js';
import { Configuration } from './configuration.js';

/** A configuration that a block holds, and the update that led to it. */
export interface ConfigBlock {
  readonly channel: string;
  readonly config: common.Config;
  /** an `Envelope` of a `ConfigUpdateEnvelope`; left out in the first block */
  readonly lastUpdate?: common.Envelope;
}

/**
 * Reads the configuration of a block; undefined when the block holds transactions.
 * Throws an Error when the block begins with a configuration that cannot be read.
 */
export function readConfigBlock({ envelopes }: RawBlock): ConfigBlock | undefined {
  const [first] = envelopes;
  if (first === undefined) return undefined;
  const { header, data } = payloadOf(common.Envelope.deserializeBinary(first));
  if (header.getType() !== common.HeaderType.CONFIG) return undefined;
  const envelope = common.ConfigEnvelope.deserializeBinary(data);
  const config = envelope.getConfig();
  if (config === undefined) throw new Error('config envelope: expected a config, found none');
  const lastUpdate = envelope.getLastUpdate();
  const channel = header.getChannelId();
  return { channel, config, ...(lastUpdate === undefined ? {} : { lastUpdate }) };
}

/**
 * The channel that a genesis block begins.
 * Throws an Error when the block is no channel's first.
 */
export function channelOf(genesis: RawBlock): string {
  return firstConfigBlock(genesis).channel;
}

/**
 * The configuration that a channel begins with.
 * Throws an Error when the block is no channel's first.
 */
export async function readGenesis(block: RawBlock): Promise<Configuration> {
  const { channel, config } = firstConfigBlock(block);
  return Configuration.read({ channel, block: 0 }, config);
}

function firstConfigBlock(block: RawBlock): ConfigBlock {
  const found = block.number === 0 ? readConfigBlock(block) : undefined;
  if (found !== undefined) return found;
  throw new Error(`genesis block: expected block 0 with a configuration, found ${block.number}`);
}

/** An envelope's channel header and data. */
export function payloadOf(envelope: common.Envelope): {
  readonly header: common.ChannelHeader;
  readonly data: Uint8Array;
} {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const bytes = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  return {
    header: common.ChannelHeader.deserializeBinary(bytes),
    data: payload.getData_asU8(),
  };
}
