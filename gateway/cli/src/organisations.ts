import { actorId, country, organisationId, role } from '@veinledger/domain';
import { z } from 'zod';
import type { FoundingMember } from './development/consortium.js';
import { wrongUsage } from './complaint.js';
import type { Session } from './session.js';

const described = z.tuple([organisationId, country, z.array(role).min(1)]);

const EXPECTED = 'MSP:COUNTRY:ROLE,…, for instance ClinicMSP:DE:collector,clinician,patient';

/**
 * An organisation as it is typed, `ClinicMSP:DE:collector,nurse`: MSP id, country, the roles that it may grant.
 * @throws CliError 2
 */
export function organisationOf(text: string): FoundingMember {
  const [id = '', where = '', roles = '', ...more] = text.split(':');
  const parsed = described.safeParse([id, where, roles.split(',')]);
  if (!parsed.success || more.length > 0) throw wrongUsage('--organisation', EXPECTED, text);
  const [mspId, at, grantable] = parsed.data;
  return {
    id: memberName(mspId),
    mspId,
    country: at,
    roles: [...new Set([...grantable, 'registrar'])],
  };
}

/** A member's name in its actors' ids: `ClinicMSP` is `clinic`. */
function memberName(mspId: string): string {
  return mspId.replace(/MSP$/u, '').toLowerCase();
}

/** A member as the ledger has it now: as the root founded it, or members voted since. */
const memberSchema = z.object({
  id: organisationId,
  country,
  grantable: z.array(role),
  registrars: z.array(actorId).min(1),
});
export type Member = z.infer<typeof memberSchema>;

/**
 * An organisation of the ledger, as an actor reads it.
 * @throws CliError 2
 */
export async function memberOf(
  session: Session,
  actor: string,
  id: string,
  field: string,
): Promise<Member> {
  const members = z.array(memberSchema).parse(await session.list(actor, '/v1/organisations'));
  const found = members.find((each) => each.id === id);
  if (found) return found;
  throw wrongUsage(field, `one of ${members.map((each) => each.id).join(', ')}`, id);
}
