import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import { NetworkError } from '../errors.js';
import { runCommand } from '../processes/index.js';
import { configOf, type ChannelConfig } from './config.js';

/** configtxlator has been seen to hang for ever when nobody read its standard output. */
const LONGEST_MS = 120_000;

/** Fabric's own translation between its messages and JSON, with files in a folder of the caller. */
export class Translator {
  readonly #program: string;
  readonly #dir: string;

  constructor(fabric: Pick<Fabric, 'binDir'>, dir: string) {
    this.#program = join(fabric.binDir, 'configtxlator');
    this.#dir = dir;
  }

  /**
   * The configuration in a block.
   * @throws NetworkError COMMAND_FAILED
   */
  async configOfBlock(blockFile: string): Promise<ChannelConfig> {
    return configOf(await this.#decode('common.Block', blockFile));
  }

  /**
   * The update that leads from one configuration to another, wrapped for signing.
   * @returns undefined when they do not differ
   * @throws NetworkError COMMAND_FAILED
   */
  async updateEnvelope(
    channel: string,
    from: ChannelConfig,
    to: ChannelConfig,
  ): Promise<string | undefined> {
    const original = await this.#encode('common.Config', from, 'original');
    const updated = await this.#encode('common.Config', to, 'updated');
    const update = this.#file('update.pb');
    try {
      const configs = ['--original', original, '--updated', updated];
      await this.#run(['compute_update', '--channel_id', channel, ...configs, '--output', update]);
    } catch (error) {
      if (error instanceof NetworkError && error.message.includes('no differences detected'))
        return undefined;
      throw error;
    }
    const config_update = await this.#decode('common.ConfigUpdate', update);
    const envelope = {
      payload: {
        // common.HeaderType CONFIG_UPDATE
        header: { channel_header: { channel_id: channel, type: 2 } },
        data: { config_update },
      },
    };
    return this.#encode('common.Envelope', envelope, 'envelope');
  }

  async #encode(type: string, value: object, name: string): Promise<string> {
    const input = this.#file(`${name}.json`);
    const output = this.#file(`${name}.pb`);
    await writeFile(input, JSON.stringify(value));
    await this.#run(['proto_encode', '--type', type, '--input', input, '--output', output]);
    return output;
  }

  async #decode(type: string, input: string): Promise<unknown> {
    const output = `${input}.json`;
    await this.#run(['proto_decode', '--type', type, '--input', input, '--output', output]);
    return JSON.parse(await readFile(output, 'utf8'));
  }

  #file(name: string): string {
    return join(this.#dir, name);
  }

  async #run(args: readonly string[]): Promise<void> {
    await runCommand(this.#program, args, { env: {}, timeoutMs: LONGEST_MS });
  }
}
