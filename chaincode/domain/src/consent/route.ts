import { commitment } from '../values/identifiers.js';
import type { Consent } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';
import type { Signed } from '../nouns/signed.js';
import { consentRoute } from '../values/words.js';

/** How what the patient said came to the staff who record it. */
export const byRoute = {
  route: consentRoute,
  /** of what was signed on paper: salted, its opening is kept where the paper is */
  scan: commitment.optional(),
  /** who interpreted: salted, the name stays in the hospital's vault */
  interpreter: commitment.optional(),
} as const;

type ByRoute = Pick<NonNullable<Consent['route']>, 'kind'> & { readonly recorded: Signed };

/** The route of a record: who wrote it down first, and what of it is kept elsewhere. */
export function routeOf(
  {
    route: kind,
    scan,
    interpreter,
  }: {
    readonly route: ByRoute['kind'];
    readonly scan?: string | undefined;
    readonly interpreter?: string | undefined;
  },
  recorded: Signed,
): ByRoute {
  return {
    kind,
    recorded,
    ...(scan === undefined ? {} : { scan }),
    ...(interpreter === undefined ? {} : { interpreter }),
  };
}

/** What was signed on paper is recorded with the digest of its scan. */
export function reasonsOfRoute(
  { route, scan }: { readonly route: ByRoute['kind']; readonly scan?: string | undefined },
  subject: string,
): readonly Reason[] {
  if (route !== 'paper' || scan !== undefined) return [];
  return [{ code: 'SCAN_MISSING', subject, expected: 'a commitment to the scan of the paper' }];
}
