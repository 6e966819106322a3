import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import { CHANNEL_PROFILE, configtx } from '../config/index.js';
import type { ChannelPlan, Plan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';
import { writeJson } from './json.js';
import { requireHandedOver } from './member.js';

/**
 * Makes each channel's first block, once, of the public halves that the members handed over.
 * @throws NetworkError FILE_MISSING naming who has not, NETWORK_DIFFERS, COMMAND_FAILED
 */
export async function assembleChannels(plan: Plan, fabric: Fabric): Promise<void> {
  for (const channel of plan.channels) {
    if (existsSync(channel.files.genesisBlock)) continue;
    for (const member of channel.members) await requireHandedOver(member);
    await makeGenesisBlock(plan, channel, fabric);
  }
}

async function makeGenesisBlock(plan: Plan, channel: ChannelPlan, fabric: Fabric): Promise<void> {
  const work = await mkdtemp(join(channel.files.dir, 'configtx-'));
  try {
    await writeJson(join(work, 'configtx.yaml'), configtx(plan, channel, fabric.version));
    const output = join(work, 'genesis.block');
    const args = ['-profile', CHANNEL_PROFILE, '-channelID', channel.name, '-configPath', work];
    await runCommand(join(fabric.binDir, 'configtxgen'), [...args, '-outputBlock', output], {
      env: {},
    });
    await rename(output, channel.files.genesisBlock);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
