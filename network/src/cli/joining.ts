import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { admitMember, inviteMember, joinNetwork } from '../launcher/index.js';
import { memberSchema, type Member } from '../profile/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE } from './options.js';

export const invite: NetworkCommand = {
  usage: `Usage: veinledger network invite MEMBER.json DIR [options]

Writes an invitation to DIR for the member that MEMBER.json describes as a profile does: what all members have,
with its entry. It holds nothing secret.

Options
${HOME_LINE}
  --channel NAME     a channel that it takes part in; again for another (every channel)
  --help`,
  async run(args, { log }) {
    const { values, words } = argumentsOf(
      args,
      { home: HOME, channel: { type: 'string', multiple: true } },
      'MEMBER.json',
      'DIR',
    );
    const [file = '', dir = ''] = words;
    const member = await readMember(file);
    await inviteMember(values.home, member, dir, values.channel);
    log(`hand ${dir} to ${member.id}: join DIR`);
    return EXIT.done;
  },
};

async function readMember(file: string): Promise<Member> {
  try {
    return memberSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? `\n${z.prettifyError(cause)}` : ' cannot be read';
    throw new NetworkError('PROFILE_INVALID', `${file}${why}`, { cause });
  }
}

export const join: NetworkCommand = {
  usage: `Usage: veinledger network join DIR [options]

Makes the keys of the member that DIR invites. The members admit its public half; then: up.

Options
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { values, words } = argumentsOf(args, { home: HOME }, 'DIR');
    const [dir = ''] = words;
    log(`hand ${await joinNetwork(values.home, dir, { log })} to the members, who admit it`);
    return EXIT.done;
  },
};

export const admit: NetworkCommand = {
  usage: `Usage: veinledger network admit DIR SIGNATURES [options]

Signs the admission of the member whose public half lies in DIR, with the keys of members that live here.
The folder SIGNATURES goes from member to member; whose signature makes it more than half of a channel sends
the change. Run again, it says whether the newcomer is in. Ends with 1 while signatures are missing.

Options
${HOME_LINE}
  --member ID        who signs; again for another (every member of this home)
  --channel NAME     a channel that it was invited to; again for another (every channel)
  --help`,
  async run(args, { log }) {
    const { values, words } = argumentsOf(
      args,
      {
        home: HOME,
        member: { type: 'string', multiple: true },
        channel: { type: 'string', multiple: true },
      },
      'DIR',
      'SIGNATURES',
    );
    const [half = '', signatures = ''] = words;
    const admitted = await admitMember({
      ...{ home: values.home, half, signatures, log },
      ...(values.member === undefined ? {} : { members: values.member }),
      ...(values.channel === undefined ? {} : { channels: values.channel }),
    });
    log(admitted ? 'admitted' : `hand ${signatures} to the next member`);
    return admitted ? EXIT.done : EXIT.failed;
  },
};
