import { isIPv4 } from 'node:net';
import { z } from 'zod';

/** SmartBFT stays safe with f faulty nodes among 3f+1; below four it tolerates none. */
const LEAST_ORDERERS = 4;

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected lower-case letters, digits, hyphens');

const member = z.strictObject({
  id: name,
  mspId: z.string().regex(/^[A-Z][A-Za-z0-9]{1,40}MSP$/, 'expected a name that ends in MSP'),
  domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'expected a domain name'),
  /** whether it runs a peer, and chaincode beside it */
  peer: z.boolean(),
  /** whether it owns an ordering node */
  orderer: z.boolean(),
  /** roles it may grant to its actors */
  roles: z.array(name).min(1),
});

/** A consortium: who takes part with what, and where its nodes listen. */
export const profileSchema = z
  .strictObject({
    v: z.literal(1),
    name,
    channel: name,
    host: z.string().refine(isIPv4, 'expected an IPv4 address'),
    /** the first port of the range; 0 picks free ones */
    portBase: z.union([z.literal(0), z.int().min(1024).max(65000)]),
    chaincode: z.strictObject({
      name,
      version: z.string().regex(/^\d+\.\d+\.\d+$/, 'expected major.minor.patch'),
      /** how many of the peers' organisations must endorse */
      endorsements: z.int().min(1),
    }),
    members: z.array(member),
  })
  .superRefine((profile, context) => {
    const issue = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    for (const field of ['id', 'mspId', 'domain'] as const) {
      const values = profile.members.map((each) => each[field]);
      const twice = values.find((value, index) => values.indexOf(value) !== index);
      if (twice !== undefined)
        issue(['members', field], `expected unique values, found ${twice} twice`);
    }
    const orderers = profile.members.filter((each) => each.orderer).length;
    if (orderers < LEAST_ORDERERS) {
      issue(['members'], `expected at least ${LEAST_ORDERERS} with an orderer, found ${orderers}`);
    }
    const peers = profile.members.filter((each) => each.peer).length;
    if (profile.chaincode.endorsements > peers) {
      issue(
        ['chaincode', 'endorsements'],
        `expected at most the number of peers, ${peers}, found ${profile.chaincode.endorsements}`,
      );
    }
  });

export type Profile = z.infer<typeof profileSchema>;
export type Member = Profile['members'][number];
