import { reportLines } from '../compare/index.js';
import { EXIT, type CliContext, type NetworkCommand } from './command.js';
import { verifyNetwork, type VerifyOptions } from '../launcher/index.js';
import { argumentsOf, HOME, HOME_LINE, numberOf, waitOf } from './options.js';

const BLOCK = { expected: "a block's number", most: Number.MAX_SAFE_INTEGER };

const USAGE = `Usage: veinledger network verify [options]

Compares the members' ledgers: the blocks of every peer, one by one, the states of the peers that are
administered here, key by key, and the code that their members approved. Names the first block and
transaction, the keys, and whose peer differs from the others. Ends with 0 when nothing differs, else with 1.

Options
${HOME_LINE}
  --member ID        stand for this member alone (every member of the home)
  --channel NAME     this channel alone (every channel)
  --block N          have states written as of block N and no other, now or when it comes (the last block)
  --wait SECONDS     how long to wait for block N (600)
  --keep-states DIR  leave the states there for other members: a folder for each channel, in it one for each peer
  --states DIR       compare the states that members left there, instead of having them written; again for
                     another folder
  --json             the report as JSON
  --help`;

export const verify: NetworkCommand = {
  usage: USAGE,
  run: runVerify,
};

async function runVerify(args: readonly string[], { log, signal }: CliContext): Promise<number> {
  const { values } = argumentsOf(args, {
    home: HOME,
    member: { type: 'string' },
    channel: { type: 'string' },
    block: { type: 'string' },
    wait: { type: 'string', default: '600' },
    'keep-states': { type: 'string' },
    states: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
  });
  const options: VerifyOptions = {
    home: values.home,
    member: values.member,
    channel: values.channel,
    block: values.block === undefined ? undefined : numberOf('--block', values.block, BLOCK),
    patienceMs: waitOf(values.wait) * 1000,
    keepStates: values['keep-states'],
    states: values.states,
    ...(values.json ? {} : { log }),
    signal,
  };
  const reports = await verifyNetwork(options);
  if (values.json) log(JSON.stringify(reports, undefined, 2));
  else for (const report of reports) reportLines(report).forEach((line) => log(line));
  return reports.every(({ same }) => same) ? EXIT.done : EXIT.failed;
}
