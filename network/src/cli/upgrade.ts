import { upgradeNetwork, type UpgradeResult } from '../launcher/index.js';
import { EXIT, type CliContext, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE, waitOf } from './options.js';

const USAGE = `Usage: veinledger network upgrade [options]

Moves a channel to new chaincode while it goes on. The new chaincode processes run beside the old ones before
anybody approves; the old ones end when every peer here answers with the new ones. On several hosts each member
runs this for itself: the last one commits, the others end their old process by running it again.
Ends with 4 while members have not approved it.

Options
${HOME_LINE}
  --channel NAME     needed where the network has several
  --member ID        stand for this member alone (every member of the home)
  --chaincode DIR    the built chaincode package (the one of this checkout)
  --version X.Y.Z    of the definition (the package's own)
  --package-id ID    what the members agreed on; any other is refused
  --without MSPIDS   do not wait for these, comma-separated; their peers endorse nothing until they approve
  --wait SECONDS     wait so long for members elsewhere to approve (0)
  --json             the result as JSON
  --help`;

export const upgrade: NetworkCommand = {
  usage: USAGE,
  run: runUpgrade,
};

async function runUpgrade(args: readonly string[], { log, signal }: CliContext): Promise<number> {
  const { values } = argumentsOf(args, {
    home: HOME,
    channel: { type: 'string' },
    member: { type: 'string' },
    chaincode: { type: 'string' },
    version: { type: 'string' },
    'package-id': { type: 'string' },
    without: { type: 'string', default: '' },
    wait: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  });
  const { home, channel, member, version } = values;
  const result = await upgradeNetwork({
    ...{ home, channel, member, version: versionNumber(version) },
    chaincodeDir: values.chaincode,
    packageId: values['package-id'],
    without: values.without.split(',').filter(Boolean),
    patienceMs: waitOf(values.wait) * 1000,
    ...(values.json ? {} : { log }),
    ...(signal === undefined ? {} : { signal }),
  });
  log(values.json ? JSON.stringify(result, undefined, 2) : sentence(result));
  return result.committed ? EXIT.done : EXIT.waiting;
}

function sentence({ channel, sequence, packageId, committed, missing }: UpgradeResult): string {
  return committed
    ? `${channel} runs ${packageId}, sequence ${sequence}`
    : `${channel}: sequence ${sequence} waits for ${missing.join(', ')} to approve ${packageId}`;
}

function versionNumber(text: string | undefined): string | undefined {
  if (text === undefined || /^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new TypeError(`--version: expected major.minor.patch, found '${text}'`);
}
