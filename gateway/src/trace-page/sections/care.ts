import {
  type Consent,
  type EffectiveConsentState,
  stateIn,
  type ThingState,
} from '@veinledger/domain';
import { type Content, html } from '../html.js';
import { noneOf, type TraceSheet } from '../sheet.js';
import { alarm, lines, tableOf } from '../table.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

/** The patient's decisions, where the reader may see them. */
export function consentSection({ consents }: TraceSheet): Section {
  const body =
    consents === undefined
      ? html`<p class="none">Shown to the patient, the patient's hospital and auditors only.</p>`
      : tableOf({
          caption: 'Consents',
          headings: ['Purpose', 'State', 'Form', 'Decided', 'Ended'],
          rows: consents.map(({ purpose, stands, form, decided, ended, scope }) => [
            purpose,
            stands === 'given' || stands === 'renewed'
              ? stands
              : html`${alarm(wordsOf(stands).toUpperCase())}${lapseOf(stands, scope)}`,
            form === undefined ? undefined : `${form.id} ${form.version}, ${form.language}`,
            decided === undefined ? undefined : html`${timeOf(decided.at)} by ${decided.actor}`,
            ended === undefined
              ? undefined
              : html`${timeOf(ended.at)} by ${ended.actor}
                ${ended.reason === undefined ? undefined : `(${wordsOf(ended.reason)})`}`,
          ]),
          empty: 'The patient has decided on nothing.',
        });
  return { id: 'consents', heading: 'Consents', body };
}

/** When a consent that was given is in force, where it is not now. */
function lapseOf(stands: EffectiveConsentState, scope: Consent['scope']): Content {
  if (stands === 'expired' && scope.validUntil !== undefined)
    return html`, valid until ${timeOf(scope.validUntil)}`;
  if (stands === 'not-yet-valid' && scope.validFrom !== undefined)
    return html`, valid from ${timeOf(scope.validFrom)}`;
  return undefined;
}

/** Doses with their authorisation and what was given, and the checks at the bedside. */
export function doseSection(sheet: TraceSheet): Section {
  const { trace, outlook } = sheet;
  const doses = trace.things.filter((each) => each.noun === 'dose');
  const verifications = trace.things.filter((each) => each.noun === 'verification');
  return {
    id: 'doses',
    heading: 'Doses and bedside',
    body: html`${tableOf({
      caption: 'Doses',
      headings: ['Dose', 'State', 'Item', 'Authorised', 'Administered'],
      rows: doses.map(({ id, number, item, authorised, administrations }) => [
        `${number} (${id})`,
        doseState(stateIn(outlook, `dose ${id}`)),
        labelOf(item),
        authorised === undefined
          ? alarm('NOT AUTHORISED')
          : html`${timeOf(authorised.at)} by ${authorised.actor}`,
        lines(
          administrations.map(
            ({ at, actor, course, item: given, annulled }) =>
              html`${wordsOf(course)} ${timeOf(at)} by ${actor},
              ${labelOf(given)}${annulled ? html`; ${alarm('ENTERED IN ERROR')}` : undefined}`,
          ),
        ) ?? 'nothing',
      ]),
      empty: noneOf(sheet, 'dose', 'No dose has been authorised or given.'),
    })}
    ${tableOf({
      caption: 'Bedside verifications',
      headings: ['Verification', 'Item', 'Patient', 'Verified', 'Match'],
      rows: verifications.map(({ id, item, patient, token, by, verifiedAt, matches }) => [
        id,
        item === undefined ? 'of another therapy' : labelOf(item),
        `${patient ?? 'another patient'}, by ${wordsOf(token)}`,
        html`${timeOf(verifiedAt)} by ${by.actor}`,
        matches ? 'match' : alarm('NO MATCH'),
      ]),
      empty: noneOf(sheet, 'verification', 'Nobody has verified identity at the bedside.'),
    })}`,
  };
}

/** A dose in a word, as an alarm where it is neither given nor on its way to be. */
function doseState(state: ThingState | undefined): Content {
  if (state === undefined) return undefined;
  return state === 'given' || state === 'authorised' ? state : alarm(wordsOf(state).toUpperCase());
}
