import { type ConsortiumRoot, country, organisationId, role } from '@veinledger/chaincode/domain';
import { z } from 'zod';
import type { FoundingMember } from '../development/consortium.js';
import { wrongUsage } from './complaint.js';

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

/**
 * An organisation of the root.
 * @throws CliError 2
 */
export function founderOf(
  root: ConsortiumRoot,
  id: string,
  field: string,
): ConsortiumRoot['organisations'][number] {
  const found = root.organisations.find((each) => each.id === id);
  if (found) return found;
  const known = root.organisations.map((each) => each.id).join(', ');
  throw wrongUsage(field, `one of ${known}`, id);
}
