import { startNetwork } from '../launcher/index.js';
import { loadProfile, profileFile } from '../profile/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE, portBaseOf, rootsOf, waitOf } from './options.js';

const USAGE = `Usage: veinledger network up [options]

Brings a consortium up, or what is missing of it, and leaves it to a supervisor that starts again what dies.
A node that was stopped stays so.

Options
${HOME_LINE}
  --member ID        this member's nodes alone; again for another (every member of the profile)
  --from DIR         what the founder handed over, to be taken in first
  --profile NAME     consortium, raft, programmes, or a file (the network's own, else consortium)
  --root FILE        the consortium root, or CHANNEL=FILE for each channel
  --chaincode DIR    the built chaincode package (the one of this checkout)
  --port-base N      the first port; 0 picks free ones (the profile's)
  --wait SECONDS     how long to wait for members on other hosts (600)
  --help

Fabric and Fabric CA are taken from FABRIC_BIN, PATH or the cache (VEINLEDGER_CACHE), else built with Go.`;

export const up: NetworkCommand = {
  usage: USAGE,
  async run(args, { log, signal }) {
    const { values } = argumentsOf(args, {
      home: HOME,
      member: { type: 'string', multiple: true },
      from: { type: 'string' },
      profile: { type: 'string' },
      root: { type: 'string', multiple: true },
      chaincode: { type: 'string' },
      'port-base': { type: 'string' },
      wait: { type: 'string' },
    });
    const { home, member, from, profile, chaincode } = values;
    const { wait, 'port-base': base } = values;
    const begun = performance.now();
    const { connection } = await startNetwork({
      ...{ home, log, ...rootsOf(values.root) },
      ...(member === undefined ? {} : { members: member }),
      ...(from === undefined ? {} : { from }),
      ...(profile === undefined ? {} : { profile: await loadProfile(profileFile(profile)) }),
      ...(base === undefined ? {} : { portBase: portBaseOf(base) }),
      ...(chaincode === undefined ? {} : { chaincodeDir: chaincode }),
      ...(wait === undefined ? {} : { patienceMs: waitOf(wait, 1) * 1000 }),
      ...(signal === undefined ? {} : { signal }),
    });
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const peers = connection.peers.map((peer) => `${peer.mspId} ${peer.endpoint}`).join(', ');
    log(`up after ${seconds} s on Fabric ${connection.fabric.version}; peers: ${peers}`);
    log(`clients read ${home}/connection.json`);
    return EXIT.done;
  },
};
