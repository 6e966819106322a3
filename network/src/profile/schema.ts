import { isIPv4 } from 'node:net';
import { z } from 'zod';

/** SmartBFT stays safe with f faulty nodes among 3f+1; Raft goes on while more than half of 2f+1 live. */
const LEAST_ORDERERS = { BFT: 4, Raft: 3 } as const;

/** Each member has a block of neighbouring ports for whatever it runs. */
export const PORTS_PER_MEMBER = 16;
const PORTS_BEFORE_CHAINCODE = 8;

/** Every channel has a chaincode process of its own beside a peer, and a second one while it is upgraded. */
export const MOST_CHANNELS = (PORTS_PER_MEMBER - PORTS_BEFORE_CHAINCODE) / 2;

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected lower-case letters, digits, hyphens');

const port = z.int().min(1024).max(65_000);

export const memberSchema = z.strictObject({
  id: name,
  mspId: z.string().regex(/^[A-Z][A-Za-z0-9]{1,40}MSP$/, 'expected a name that ends in MSP'),
  domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'expected a domain name'),
  /** where its nodes listen */
  host: z.string().refine(isIPv4, 'expected an IPv4 address').default('127.0.0.1'),
  /** the first of its ports; its block of the profile's ports when left out */
  portBase: port.optional(),
  /** ISO 3166-1 alpha-2 */
  country: z.string().regex(/^[A-Z]{2}$/, 'expected two capital letters'),
  /** whether it runs a peer, and chaincode beside it */
  peer: z.boolean(),
  /** whether it owns an ordering node */
  orderer: z.boolean(),
  /** roles it may grant to its actors */
  roles: z.array(name).min(1),
});

const channel = z.strictObject({
  name,
  /** how many of the peers' organisations must endorse */
  endorsements: z.int().min(1),
  /** ids of those that take part; all when left out */
  members: z.array(name).min(1).optional(),
  /** ids of those whose peers endorse; all with a peer when left out */
  endorsers: z.array(name).min(1).optional(),
});

/** A consortium: who takes part with what, in which channels, and where the nodes listen. */
export const profileSchema = z
  .strictObject({
    v: z.literal(2),
    name,
    /** the first port of the range; 0 picks free ones */
    portBase: z.union([z.literal(0), port]),
    ordering: z.strictObject({ consensus: z.enum(['BFT', 'Raft']) }),
    chaincode: z.strictObject({
      name,
      version: z.string().regex(/^\d+\.\d+\.\d+$/, 'expected major.minor.patch'),
    }),
    channels: z.array(channel).min(1).max(MOST_CHANNELS),
    members: z.array(memberSchema).min(1),
  })
  .superRefine((profile, context) => {
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    for (const field of ['id', 'mspId', 'domain'] as const) {
      const twice = repeated(profile.members.map((each) => each[field]));
      if (twice !== undefined)
        issue(['members', field], `expected unique values, found ${twice} twice`);
    }
    const twice = repeated(profile.channels.map((each) => each.name));
    if (twice !== undefined)
      issue(['channels', 'name'], `expected unique values, found ${twice} twice`);
    profile.channels.forEach((each, index) => {
      const at = (field: string) => ['channels', index, field];
      const ids = each.members ?? profile.members.map(({ id }) => id);
      const stranger = ids.find((id) => !profile.members.some((member) => member.id === id));
      if (stranger !== undefined) issue(at('members'), `expected members, found ${stranger}`);
      const members = profile.members.filter(({ id }) => ids.includes(id));
      const orderers = members.filter(({ orderer }) => orderer).length;
      const least = LEAST_ORDERERS[profile.ordering.consensus];
      if (orderers < least)
        issue(at('members'), `expected at least ${least} with an orderer, found ${orderers}`);
      const peers = members.filter(
        ({ id, peer }) => peer && (each.endorsers?.includes(id) ?? true),
      ).length;
      if (each.endorsements > peers) {
        issue(
          at('endorsements'),
          `expected at most the number of peers, ${peers}, found ${each.endorsements}`,
        );
      }
    });
  });

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

export type Profile = z.infer<typeof profileSchema>;
export type Member = Profile['members'][number];
export type Channel = Profile['channels'][number];

/** Those members that take part in a channel, in the profile's order. */
export function membersOf(profile: Profile, { members }: Channel): Member[] {
  return profile.members.filter(({ id }) => members?.includes(id) ?? true);
}
