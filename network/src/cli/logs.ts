import { followLog, lastLines } from '../processes/index.js';
import { logFileOf } from '../launcher/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE, numberOf } from './options.js';

export const logs: NetworkCommand = {
  usage: `Usage: veinledger network logs NODE [options]

Shows the end of a node's log, for instance of chaincode.lab; 'supervisor' tells what was started, and why.

Options
${HOME_LINE}
  -n, --lines N      so many lines (40)
  -f, --follow       go on with what is written until interrupted
  --help`,
  async run(args, { log, signal }) {
    const { values, words } = argumentsOf(
      args,
      {
        home: HOME,
        lines: { type: 'string', short: 'n', default: '40' },
        follow: { type: 'boolean', short: 'f', default: false },
      },
      'NODE',
    );
    const [node = ''] = words;
    const wanted = numberOf('--lines', values.lines, { expected: 'a number', most: 999_999 });
    const file = await logFileOf(values.home, node);
    const { lines, end } = await lastLines(file, wanted);
    for (const line of lines) log(line);
    if (values.follow) await followLog(file, end, log, signal);
    return EXIT.done;
  },
};
