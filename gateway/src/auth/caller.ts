import { isRelayed, type PublicKeys, type Role } from '@veinledger/domain';

/** Who calls the gateway: an actor of the ledger who showed that the call is theirs. */
export interface Caller {
  readonly id: string;
  /** MSP id */
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly keys: PublicKeys;
  readonly revokedAt?: string;
  /** MSP id of the hospital that has a patient in care, where that is not who enrolled them */
  readonly inCareOf?: string;
  /** by which the token is signed that shows who calls, as a JWS names it; left out of an actor who does not call */
  readonly algorithm?: string;
}

/** Whether the caller is a patient or speaks for one: no member's staff, so that a relay carries what they say. */
export function isRelayedCaller(caller: Pick<Caller, 'roles'>): boolean {
  return isRelayed(caller);
}

/** Whether the caller is a patient, who sees what is theirs and nothing else. */
export function isPatientCaller(caller: Pick<Caller, 'roles'>): boolean {
  return caller.roles.includes('patient');
}
