import type { Command } from '../commands/command.js';
import type { Context } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import type { Actor } from '../nouns/actor.js';
import type { Proxy } from '../nouns/proxy.js';
import type { Reason } from '../nouns/reason.js';
import type { Signed } from '../nouns/signed.js';
import { onlyOfPatientsHospital } from '../standing/refuse.js';
import { milliseconds } from '../values/time.js';

/** A proxy of a patient's, as a body names them. */
export interface NamedProxy {
  readonly patient: string;
  readonly proxy: string;
}

/** What a word about a proxy is decided on. */
export interface ProxyState {
  readonly patient: Actor | undefined;
  readonly existing: Proxy | undefined;
}

/** Reads the patient, and who is named as their proxy. */
export async function readProxy(
  reader: Reader,
  { body: { patient, proxy: id } }: { readonly body: NamedProxy },
): Promise<ProxyState> {
  return {
    patient: await reader.get('actor', { id: patient }),
    existing: await reader.get('proxy', { patient, id }),
  };
}

/** Who speaks in a patient's place is the word of the hospital that has the patient in care. */
export function onlyTheirHospital(
  { patient }: Pick<ProxyState, 'patient'>,
  { body }: Pick<Command<Pick<NamedProxy, 'patient'>>, 'body'>,
  context: Context,
): readonly Reason[] {
  const subject = `actor ${body.patient}`;
  return onlyOfPatientsHospital(patient, { code: 'NOT_THE_PATIENTS_HOSPITAL', subject }, context);
}

/** Whether who asks is the proxy by their own keys, and of the patient whom they were enrolled for. */
export function isSelf(
  { actor: id, patient }: Pick<Proxy, 'actor' | 'patient'>,
  { actor }: Pick<Context, 'actor'>,
): boolean {
  return id === actor.id && actor.patient === patient;
}

/** Refuses who is another proxy, or somebody else's. */
export function onlySelf(
  { proxy }: { readonly proxy?: Proxy | undefined },
  { body }: Pick<Command<NamedProxy>, 'body'>,
  context: Context,
): readonly Reason[] {
  if (!proxy || isSelf(proxy, context)) return [];
  return [{ code: 'NOT_A_PROXY', subject: `proxy ${body.proxy}`, found: context.actor.id }];
}

/**
 * Whether somebody may say no in the patient's place now (A8).
 * @param at RFC 3339
 */
export function speaksAt({ validUntil, ended }: Proxy, at: string): boolean {
  if (ended) return false;
  return validUntil === undefined || milliseconds(at) < milliseconds(validUntil);
}

/**
 * Why somebody does not agree in the patient's place: nobody enrolled them, their authority has ended, or nobody knows
 * whether it has, since a therapy of the patient's was halted.
 * @param at RFC 3339
 */
export function reasonsOfProxy(
  proxy: Proxy | undefined,
  named: string,
  at: string,
): readonly Reason[] {
  const subject = `proxy ${named}`;
  if (!proxy) return [{ code: 'UNKNOWN_PROXY', subject }];
  const { doubted, ended, validUntil } = proxy;
  if (speaksAt(proxy, at)) {
    if (!doubted) return [];
    const expected = 'the hospital’s word that they still speak';
    return [{ code: 'PROXY_NOT_CONFIRMED', subject, expected, found: `in doubt ${doubted.at}` }];
  }
  const found = ended ? `ended ${ended.at}` : `valid until ${validUntil}`;
  return [{ code: 'PROXY_ENDED', subject, expected: `a proxy at ${at}`, found }];
}

/**
 * The proxies of a patient whose therapy was halted. Of a death nothing stands on the ledger, and it ends them: so that
 * after each halt, whatever for, none of them agrees to anything until the hospital says that they still speak. A no of
 * theirs counts on.
 */
export function doubtedSince(proxies: readonly Proxy[], halted: Signed): readonly Proxy[] {
  return proxies
    .filter(({ ended, doubted }) => !ended && !doubted)
    .map((proxy) => ({ ...proxy, doubted: halted }));
}
