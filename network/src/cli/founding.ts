import {
  acceptMember,
  assemble as assembleNetwork,
  foundForOthers,
  prepareApart,
} from '../launcher/index.js';
import { loadProfile, profileFile } from '../profile/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE, memberGiven, portBaseOf, rootsOf } from './options.js';

export const found: NetworkCommand = {
  usage: `Usage: veinledger network found --root FILE [options]

Writes profile, consortium roots and code to the home's folder 'shared', which the founder hands to every
member. It holds nothing secret.

Options
${HOME_LINE}
  --profile NAME     consortium, raft, programmes, or a file with each member's host (consortium)
  --root FILE        the consortium root, or CHANNEL=FILE for each channel
  --chaincode DIR    the built chaincode package (the one of this checkout)
  --port-base N      the first port; 0 picks free ones (the profile's)
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, {
      home: HOME,
      profile: { type: 'string' },
      root: { type: 'string', multiple: true },
      chaincode: { type: 'string' },
      'port-base': { type: 'string' },
    });
    const { home, profile, chaincode } = values;
    const base = values['port-base'];
    const shared = await foundForOthers({
      ...{ home, log, ...rootsOf(values.root) },
      ...(profile === undefined ? {} : { profile: await loadProfile(profileFile(profile)) }),
      ...(base === undefined ? {} : { portBase: portBaseOf(base) }),
      ...(chaincode === undefined ? {} : { chaincodeDir: chaincode }),
    });
    log(`hand ${shared} to every member`);
    return EXIT.done;
  },
};

export const prepare: NetworkCommand = {
  usage: `Usage: veinledger network prepare --member ID [--from DIR] [options]

Makes a member's keys, with a Fabric CA of its own, in its own home. Of these the public half is handed over.

Options
${HOME_LINE}
  --member ID        which member of the profile this is
  --from DIR         the folder that the founder handed over (the one in this home)
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, {
      home: HOME,
      member: { type: 'string' },
      from: { type: 'string' },
    });
    const { home, member, from } = values;
    const half = await prepareApart({ home, member: memberGiven(member), from, log });
    log(`hand ${half} to the founder`);
    return EXIT.done;
  },
};

export const accept: NetworkCommand = {
  usage: `Usage: veinledger network accept DIR [options]

Takes the public half of a member in; refuses one that holds a private key, or is of another member.

Options
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { values, words } = argumentsOf(args, { home: HOME }, 'DIR');
    const [dir = ''] = words;
    log(`accepted ${await acceptMember(values.home, dir)}`);
    return EXIT.done;
  },
};

export const assemble: NetworkCommand = {
  usage: `Usage: veinledger network assemble [options]

Makes the first block of each channel of the public halves that were accepted. The founder hands the folder
'shared' to every member again; they compare the digests that are printed before they bring their nodes up.

Options
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, { home: HOME });
    const digests = await assembleNetwork(values.home, { log });
    for (const [channel, digest] of Object.entries(digests)) log(`${channel}: SHA-256 ${digest}`);
    log(`hand ${values.home}/shared to every member: up --member ID --from DIR`);
    return EXIT.done;
  },
};
