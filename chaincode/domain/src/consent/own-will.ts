import type { Consent } from '../nouns/consent.js';
import type { Proxy } from '../nouns/proxy.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfProxy } from './proxies.js';
import { isNoOfPatient, standingDenials } from './stands.js';

/**
 * Why somebody does not agree in a patient's place: they do not speak there, or the patient said no themselves, whose own
 * will, earlier or now, ranks above theirs (A8).
 * @param at RFC 3339
 */
export function reasonsAgainstProxysYes(
  {
    proxy,
    ofPurpose,
  }: { readonly proxy?: Proxy | undefined; readonly ofPurpose: readonly Consent[] },
  named: string,
  at: string,
): readonly Reason[] {
  const own = standingDenials(ofPurpose).filter(
    (consent) => isNoOfPatient(consent) && consent.ended?.proxy === undefined,
  );
  const expected = 'taken back by the patient';
  return [
    ...reasonsOfProxy(proxy, named, at),
    ...own.map(({ id, state: found }): Reason => {
      return { code: 'CONSENT_DENIED', subject: `consent ${id}`, expected, found };
    }),
  ];
}
