import { parseArgs } from 'node:util';
import { followLog, lastLines } from '../processes/index.js';
import { logFileOf } from '../launcher/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { HOME, HOME_LINE, wordsOf } from './options.js';

export const logs: NetworkCommand = {
  name: 'logs',
  summary: "shows the end of a node's log, and what comes",
  usage: `Usage: npm run network -- logs NODE [options]

Shows the end of a node's log, for instance of chaincode.lab; 'supervisor' tells what was started, and why.

Options
${HOME_LINE}
  -n, --lines N      so many lines (40)
  -f, --follow       go on with what is written until interrupted
  --help`,
  async run(args, { log, signal }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        home: HOME,
        lines: { type: 'string', short: 'n', default: '40' },
        follow: { type: 'boolean', short: 'f', default: false },
      },
    });
    const [node = ''] = wordsOf(positionals, 'NODE');
    if (!/^\d{1,6}$/.test(values.lines)) {
      throw new TypeError(`--lines: expected a number, found '${values.lines}'`);
    }
    const file = await logFileOf(values.home, node);
    const { lines, end } = await lastLines(file, Number(values.lines));
    for (const line of lines) log(line);
    if (values.follow) await followLog(file, end, log, signal);
    return EXIT.done;
  },
};
