import { endsSoonOf } from '../consent/ends-soon.js';
import {
  consentStateAt,
  isInForceAt,
  isNoOfPatient,
  isOpenQuestion,
  isVoiced,
  standingDenials,
} from '../consent/stands.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { isOver } from '../consent/two-staff.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import type { Role } from '../values/roles.js';
import { ofPatientsHospital } from './asked.js';
import type { Matters } from './matters.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Consent } from '../nouns/consent.js';
import type { Proxy } from '../nouns/proxy.js';
import type { Option, Wait } from './wait.js';

type Said = WeighedConsent<Consent>;

const STAFF: readonly Role[] = ['clinician', 'nurse'];

/** What waits around what the patient has said: a witness, a word of the patient's, a consent that is about to end. */
export function consentsIn(matters: Matters): readonly Wait[] {
  const { consents = [] } = matters;
  return [
    ...consents.flatMap((each) => ofTalk(matters, each)),
    ...consents.flatMap((each) => ofHalf(matters, each)),
    ...consents.flatMap((each) => ofNoWithoutWitness(matters, each)),
    ...consents.flatMap((each) => ofLapse(matters, each)),
    ...consents.flatMap((each) => ofEnd(matters, each)),
    ...doubtedProxiesIn(matters),
    ...(matters.capacities ?? []).flatMap((each) => ofCapacity(matters, each)),
  ];
}

/** Of who spoke for a patient whose therapy was halted the hospital says that they still do, or no more. */
export function doubtedProxiesIn(matters: Matters): readonly Wait[] {
  return (matters.proxies ?? []).flatMap((proxy) => ofDoubt(matters, proxy));
}

function ofDoubt(matters: Matters, { patient, id, doubted, ended }: Proxy): readonly Wait[] {
  if (!doubted || ended) return [];
  const roles: readonly Role[] = ['clinician', 'coordinator'];
  const acts = ['consent:ConfirmProxy', 'consent:EndProxy'];
  return [
    {
      ...{ state: 'due', noun: 'proxy', subject: `proxy ${id}`, code: 'PROXY_NOT_CONFIRMED' },
      options: acts.flatMap((act) => ofPatientsHospital(matters, act, roles)),
      since: effectiveOf(doubted),
      named: { patient: [patient], proxy: [id] },
    },
  ];
}

/** A question that was asked with time to think waits for a talk first. */
function ofTalk(matters: Matters, consent: Said): readonly Wait[] {
  const { requested, talk, thinkHours } = consent;
  if (!isOpenQuestion(consent) || thinkHours === undefined || talk || !requested) return [];
  const act = 'consent:RecordTalk';
  const options = ofPatientsHospital(matters, act, ['clinician']);
  return [waitOf(consent, 'TALK_MISSING', effectiveOf(requested), options)];
}

/** What one of two staff signed the other signs too, in its time. */
function ofHalf(matters: Matters, consent: Said): readonly Wait[] {
  const { half } = consent;
  if (!half || isOver(half, matters.at)) return [];
  const { type, signed } = half;
  return [
    waitOf(consent, 'WITNESS_MISSING', effectiveOf(signed), byHospital(matters, type), signed),
  ];
}

/** What a physician said of the patient's capacity the proxy says too, or a nurse who heard a proxy without keys. */
function ofCapacity(matters: Matters, { patient, id, proxy, half }: Capacity): readonly Wait[] {
  if (!half || isOver(half, matters.at)) return [];
  const act = half.type;
  const { actor: person } = matters.proxies?.find((each) => each.id === proxy) ?? {};
  const options: readonly Option[] = [
    ...(person === undefined
      ? []
      : [{ act, organisation: matters.enrolledAt, roles: ['proxy'] as const, person }]),
    ...ofPatientsHospital(matters, act, ['nurse']),
  ];
  return [
    {
      ...{ state: 'due', noun: 'capacity', subject: `capacity ${id}`, code: 'WITNESS_MISSING' },
      ...{ options, since: effectiveOf(half.signed), except: knownAs(half.signed) },
      named: { patient: [patient], capacity: [id] },
    },
  ];
}

/** A no that one of the staff heard counts already; whoever else heard it says so too. */
function ofNoWithoutWitness(matters: Matters, consent: Said): readonly Wait[] {
  const { route } = consent;
  if (!isNoOfPatient(consent) || !route || route.witness) return [];
  const { recorded } = route;
  const options = byHospital(matters, 'consent:RecordNo');
  return [waitOf(consent, 'WITNESS_MISSING', effectiveOf(recorded), options, recorded)];
}

/** What lapsed otherwise than by a no is first put to the patient (A8), by staff of the hospital. */
function ofLapse(matters: Matters, consent: Said): readonly Wait[] {
  const { whole, at, consents = [] } = matters;
  const stands = consentStateAt(consent, at);
  const isOfUse = whole.definition.doseConsents.includes(consent.purpose);
  if (!isOfUse || !consent.decided || !isVoiced(consent) || stands === 'not-yet-valid') return [];
  const ofPurpose = consents.filter(({ purpose }) => purpose === consent.purpose);
  const isDenied = standingDenials(ofPurpose).some(isNoOfPatient);
  if (isDenied || ofPurpose.some((each) => isInForceAt(each, at))) return [];
  const { decided, ended, scope } = consent;
  const since = stands === 'expired' ? scope.validUntil : ended && effectiveOf(ended);
  const options = [
    ...byHospital(matters, 'consent:ContinueDespiteLapse'),
    ...byHospital(matters, 'consent:RequestConsent'),
  ];
  return [waitOf(consent, 'CONSENT_LAPSED', since ?? effectiveOf(decided), options)];
}

/** Sixty days before a consent ends that the process needs, the patient is asked whether it goes on. */
function ofEnd(matters: Matters, consent: Said): readonly Wait[] {
  const { whole, at, enrolledAt } = matters;
  const { steps, doseConsents } = whole.definition;
  const asked = [...doseConsents, ...steps.flatMap((step) => step.consents)];
  const end = endsSoonOf(consent, at);
  if (end === undefined || !consent.decided || !asked.includes(consent.purpose)) return [];
  const options: readonly Option[] = [
    {
      act: 'consent:RenewConsent',
      organisation: enrolledAt,
      roles: ['patient'],
      person: consent.patient,
    },
    ...byHospital(matters, 'consent:RequestConsent'),
  ];
  return [{ ...waitOf(consent, 'CONSENT_ENDS', effectiveOf(consent.decided), options), due: end }];
}

function byHospital(matters: Matters, act: string): readonly Option[] {
  return ofPatientsHospital(matters, act, STAFF);
}

function waitOf(
  { patient, purpose, id }: Said,
  code: string,
  since: string,
  options: readonly Option[],
  not?: Parameters<typeof knownAs>[0],
): Wait {
  return {
    ...{ state: 'due', noun: 'consent', subject: `consent ${purpose} ${id}`, code, options, since },
    named: { patient: [patient], purpose: [purpose], consent: [id] },
    ...(not ? { except: knownAs(not) } : {}),
  };
}
