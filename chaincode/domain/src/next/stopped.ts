import { lifterOf } from '../manufacturing/lifter.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Hold } from '../nouns/hold.js';
import { effectiveOf, knownAs, type Signed } from '../nouns/signed.js';
import { nameOf } from '../nouns/subject.js';
import { alertedIn } from './alerted.js';
import { exceptedIn } from './excepted.js';
import { optionsOf, ofOrganisation, ofParties } from './asked.js';
import { investigatedIn } from './investigated.js';
import type { Matters } from './matters.js';
import { toGoOnIn } from './to-go-on.js';
import { accessesToReview } from './admitted.js';
import { overriddenIn } from './overridden.js';
import { relabelledIn } from './relabelled.js';
import { reportsOwedIn } from './reported.js';
import { runsToConfirm } from './unconfirmed.js';
import type { Wait } from './wait.js';
import { actsOnDeviation, WAY_OF_REASON } from './ways.js';

/** What stands still in a therapy, each of its own: nothing else ends it than that somebody acts on it. */
export function stoppedIn(matters: Matters): readonly Wait[] {
  return [
    ...[...matters.whole.deviations.values()].flatMap((each) => ofDeviation(matters, each)),
    ...matters.holds.flatMap((each) => ofHold(matters, each)),
    ...ofAlarms(matters),
    ...ofAnnulments(matters),
    ...ofSuspects(matters),
    ...relabelledIn(matters),
    ...investigatedIn(matters),
    ...runsToConfirm(matters),
    ...alertedIn(matters),
    ...overriddenIn(matters),
    ...toGoOnIn(matters),
    ...exceptedIn(matters),
    ...reportsOwedIn(matters),
    ...accessesToReview(matters),
  ];
}

/** Each subject of which nobody has disposed. */
function ofDeviation(matters: Matters, deviation: Deviation): readonly Wait[] {
  const { id, code, opened, subjects } = deviation;
  const acts = actsOnDeviation(code);
  return subjects
    .filter(({ disposition }) => !disposition)
    .map(({ ref }) => ({
      state: 'stopped',
      noun: 'deviation',
      subject: nameOf(ref),
      code,
      options: optionsOf(matters, acts, holderOf(matters, nameOf(ref))),
      since: effectiveOf(opened),
      named: { deviation: [id] },
      except: knownAs(opened),
    }));
}

function holderOf({ whole }: Matters, subject: string): string | undefined {
  const [noun, id = ''] = subject.split(' ');
  return noun === 'item' ? whole.items.get(id)?.holder.organisation : undefined;
}

function ofHold(matters: Matters, hold: Hold): readonly Wait[] {
  if (hold.lifted) return [];
  const { therapy } = matters.whole;
  const role = lifterOf(hold.liftedByRole, therapy, matters.parties);
  const act = 'manufacturing:LiftHold';
  const ofQuality = role === 'quality' || role === 'release-person';
  return [
    {
      state: 'stopped',
      noun: 'hold',
      subject: nameOf(hold.subject),
      code: hold.reason,
      options: ofQuality
        ? ofOrganisation(matters, act, [role], therapy.quality)
        : ofParties(matters, act, [role]),
      since: effectiveOf(hold.placed),
      named: { hold: [hold.id] },
    },
  ];
}

/** Quality looks at what somebody without standing said, and dismisses it or acts on it. */
function ofAlarms(matters: Matters): readonly Wait[] {
  const acts = [{ type: 'quality:DismissAlarms', by: 'quality' }] as const;
  return matters.whole.alarms
    .filter(({ dismissed }) => !dismissed)
    .map(({ subject, claim, raised, organisation }) => ({
      state: 'stopped',
      noun: 'alarm',
      subject,
      code: claim,
      options: optionsOf(matters, acts),
      since: effectiveOf(raised),
      named: { organisation: [organisation], alarms: [raised.command] },
      except: knownAs(raised),
    }));
}

/** Everybody who has still to sign that a record was entered in error. */
function ofAnnulments(matters: Matters): readonly Wait[] {
  return matters.annulments
    .filter(({ annulled }) => !annulled)
    .flatMap(({ command, reason, signatures, missing }) =>
      missing.map(({ organisation, roles, person }): Wait => ({
        state: 'stopped',
        noun: 'annulment',
        subject: `command ${command}`,
        code: reason,
        options: [
          {
            act: 'quality:AnnulRecord',
            organisation,
            roles,
            ...(person === undefined ? {} : { person }),
          },
        ],
        since: lastOf(signatures),
        named: { reason: [reason] },
        except: signatures.flatMap(knownAs),
      })),
    );
}

function lastOf(signatures: readonly Signed[]): string {
  return signatures.map(effectiveOf).reduce((one, other) => (one < other ? other : one));
}

/** Of what compromised keys signed quality says whether it happened all the same; of consents the patient does. */
function ofSuspects(matters: Matters): readonly Wait[] {
  const way = WAY_OF_REASON.SUSPECT_SIGNATURE;
  if (way.way !== 'act') return [];
  return matters.suspects.map(({ subject, signed, since }) => ({
    state: 'stopped',
    noun: 'record',
    subject,
    code: 'SUSPECT_SIGNATURE',
    options: optionsOf(matters, way.acts),
    since: since < signed.time ? signed.time : since,
    named: { command: [signed.command] },
    except: knownAs(signed),
  }));
}
