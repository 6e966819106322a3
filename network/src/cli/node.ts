import { startNode, stopNode } from '../launcher/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE } from './options.js';

function read(args: readonly string[]): { readonly home: string; readonly node: string } {
  const { values, words } = argumentsOf(args, { home: HOME }, 'NODE');
  const [node = ''] = words;
  return { home: values.home, node };
}

export const stop: NetworkCommand = {
  usage: `Usage: veinledger network stop NODE [options]

Stops one node, for instance peer.lab. It stays stopped until 'start NODE', also when the network is taken down
and brought up, or its supervisor starts anew.

Options
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { home, node } = read(args);
    log((await stopNode(home, node)) ? `${node} is stopped` : `${node} was not running`);
    return EXIT.done;
  },
};

export const start: NetworkCommand = {
  usage: `Usage: veinledger network start NODE [options]

Starts a node that was stopped, and waits until it listens.

Options
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { home, node } = read(args);
    await startNode(home, node);
    log(`${node} runs`);
    return EXIT.done;
  },
};
