import { renewCertificates, revokeIdentity, writeTlsRevocationList } from '../launcher/index.js';
import { EXIT, type NetworkCommand } from './command.js';
import { argumentsOf, HOME, HOME_LINE, memberGiven, numberOf } from './options.js';

export const revoke: NetworkCommand = {
  usage: `Usage: veinledger network revoke LABEL --member ID [options]

Revokes every certificate of a client identity, named by its role or 'relay', and puts the member's revocation
list into the configuration of its channels, signed by that member's administrator alone.

Options
  --member ID        whose identity it is
  --reissue          puts a new key and certificate in its place
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { values, words } = argumentsOf(
      args,
      {
        home: HOME,
        member: { type: 'string' },
        reissue: { type: 'boolean', default: false },
      },
      'LABEL',
    );
    const [label = ''] = words;
    const { home, member, reissue } = values;
    const whose = { home, member: memberGiven(member), label };
    const { channels } = await revokeIdentity({ ...whose, reissue, log });
    return channels.every(({ behind }) => behind.length === 0) ? EXIT.done : EXIT.failed;
  },
};

export const revokeTls: NetworkCommand = {
  usage: `Usage: veinledger network revoke-tls --member ID [options]

Has a member's authority for TLS sign its revocation list, with the certificate in FILE on it when one is named, and
says where it lies. Gateways that exchange annexes read it (crl); ordering nodes and peers do not.

Options
  --member ID          whose authority it is
  --certificate FILE   the certificate to revoke, PEM (none: the list is signed anew)
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, {
      home: HOME,
      member: { type: 'string' },
      certificate: { type: 'string' },
    });
    const { home, member, certificate } = values;
    await writeTlsRevocationList({
      ...{ home, member: memberGiven(member), log },
      ...(certificate === undefined ? {} : { certificate }),
    });
    return EXIT.done;
  },
};

const WITHIN_DAYS = '30';

export const renew: NetworkCommand = {
  usage: `Usage: veinledger network renew [options]

Renews certificates that end soon, each with a new key. A peer or an ordering node is restarted, one at a time.
What an ordering node agrees on blocks with is renewed where more than half of the members with an ordering
node live in this home; else it is named, and the command ends with 1.

Options
  --member ID        this member alone (every member of the home)
  --within DAYS      those that end within so many days (${WITHIN_DAYS})
${HOME_LINE}
  --help`,
  async run(args, { log }) {
    const { values } = argumentsOf(args, {
      home: HOME,
      member: { type: 'string' },
      within: { type: 'string', default: WITHIN_DAYS },
    });
    const { home, member, within } = values;
    const days = { expected: 'a number of days', most: 99_999 };
    const renewed = await renewCertificates({
      ...{ home, withinDays: numberOf('--within', within, days), log },
      ...(member === undefined ? {} : { member }),
    });
    for (const { member: id, name, left } of renewed) {
      if (left !== undefined) log(`${id}: ${name} is left: ${left}`);
    }
    if (renewed.length === 0) log(`nothing ends within ${within} days`);
    return renewed.every(({ left }) => left === undefined) ? EXIT.done : EXIT.failed;
  },
};
