import { givenSince, notificationDue } from '../alerts/notification.js';
import { reasonsOfConsent, usesOfException } from '../gates/consent.js';
import type { Exception } from '../nouns/exception.js';
import { isHalted } from '../nouns/therapy.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { isBefore } from '../values/time.js';
import { ofOrganisation, ofParties, ofPatientsHospital } from './asked.js';
import type { Matters } from './matters.js';
import type { Option, Wait } from './wait.js';

/** Whom out-of-specification exceptions wait for: who evaluates, who accepts, who tells authorities. */
export function exceptedIn(matters: Matters): readonly Wait[] {
  return matters.whole.exceptions
    .filter(({ annulled }) => !annulled)
    .flatMap((exception) => waitOf(matters, exception) ?? []);
}

function waitOf(matters: Matters, exception: Exception): Wait | undefined {
  const { whole } = matters;
  const { id, batch, requested, evaluated, accepted, notified } = exception;
  const { quality } = whole.therapy;
  const waiting = { state: 'stopped', noun: 'exception', subject: `exception ${id}` } as const;
  if (!accepted && (isHalted(whole.therapy) || whole.batches.get(batch)?.recall)) return undefined;
  if (!evaluated) {
    return {
      ...waiting,
      code: 'EVALUATION_OWED',
      options: ofOrganisation(matters, 'quality:EvaluateException', ['quality'], quality),
      since: effectiveOf(requested),
      except: knownAs(requested),
    };
  }
  if (!accepted) {
    if (evaluated.finding !== 'supply') return undefined;
    const options = toAccept(matters);
    return { ...waiting, code: 'ACCEPTANCE_OWED', options, since: effectiveOf(evaluated) };
  }
  const since = givenSince(whole, exception);
  const due = notificationDue(whole, exception);
  if (since === undefined || due === undefined) return undefined;
  const told = notified.some((each) => !each.annulled && !isBefore(effectiveOf(each), since));
  if (told) return undefined;
  const roles = ['quality', 'safety-officer'] as const;
  const options = ofOrganisation(matters, 'quality:ReportNotification', roles, quality);
  return { ...waiting, code: 'NOTIFICATION_OWED', options, since, due };
}

/** The patient is asked first, as far as the reader may know what the patient said. */
function toAccept(matters: Matters): readonly Option[] {
  const { consents, hospital, at } = matters;
  const accept = ofParties(matters, 'care:AcceptException', ['clinician'], hospital);
  if (!consents) return accept;
  const uses = usesOfException({ recipient: hospital, country: undefined }, at);
  if (reasonsOfConsent(consents, uses, false).length === 0) return accept;
  const asking = ['clinician', 'nurse'] as const;
  return [...ofPatientsHospital(matters, 'consent:RequestConsent', asking), ...accept];
}
