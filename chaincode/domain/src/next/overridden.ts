import { reviewDue, unreviewedOverrides } from '../alerts/override-review.js';
import { standingOverride } from '../gates/override.js';
import type { Override } from '../nouns/override.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { ofOrganisation, ofParties } from './asked.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/** Whom emergency overrides wait for: the other one who signs, and quality, which reviews each afterwards. */
export function overriddenIn(matters: Matters): readonly Wait[] {
  const { whole, at } = matters;
  const halves = [...whole.overrides.keys()].flatMap((id) => standingOverride(whole, id, at) ?? []);
  return [
    ...halves.map((each) => secondSignature(matters, each)),
    ...unreviewedOverrides(whole).flatMap((each) => review(matters, each)),
  ];
}

function secondSignature(matters: Matters, { id, reason, missing, signatures }: Override): Wait {
  const [since = matters.at] = signatures.map(effectiveOf);
  return {
    state: 'stopped',
    noun: 'override',
    subject: `dose ${id}`,
    code: reason,
    options: ofParties(matters, 'care:OverrideDose', missing),
    since,
    except: signatures.flatMap(knownAs),
  };
}

function review(matters: Matters, override: Override): readonly Wait[] {
  const { therapy, definition } = matters.whole;
  const { id, authorised, signatures } = override;
  const due = reviewDue(definition, override);
  if (!authorised || due === undefined) return [];
  return [
    {
      state: 'stopped',
      noun: 'override',
      subject: `dose ${id}`,
      code: 'REVIEW_OWED',
      options: ofOrganisation(matters, 'quality:ReviewOverride', ['quality'], therapy.quality),
      since: effectiveOf(authorised),
      due,
      except: signatures.flatMap(knownAs),
    },
  ];
}
