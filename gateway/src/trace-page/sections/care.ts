import { html } from '../html.js';
import type { TraceSheet } from '../sheet.js';
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
          rows: consents.map(({ purpose, state, form, decided, ended }) => [
            purpose,
            state === 'given' || state === 'renewed' ? state : alarm(wordsOf(state).toUpperCase()),
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

/** Doses with their authorisation and what was given, and the checks at the bedside. */
export function doseSection({ trace }: TraceSheet): Section {
  const doses = trace.things.filter((each) => each.noun === 'dose');
  const verifications = trace.things.filter((each) => each.noun === 'verification');
  return {
    id: 'doses',
    heading: 'Doses and bedside',
    body: html`${tableOf({
      caption: 'Doses',
      headings: ['Dose', 'Item', 'Authorised', 'Given'],
      rows: doses.map(({ id, number, item, authorised, administrations }) => [
        `${number} (${id})`,
        labelOf(item),
        authorised === undefined
          ? alarm('NOT AUTHORISED')
          : html`${timeOf(authorised.at)} by ${authorised.actor}`,
        lines(
          administrations.map(
            ({ at, actor, course, item: given }) =>
              html`${wordsOf(course)} ${timeOf(at)} by ${actor}, ${labelOf(given)}`,
          ),
        ) ?? 'not given',
      ]),
      empty: 'No dose has been authorised or given.',
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
      empty: 'Nobody has verified identity at the bedside.',
    })}`,
  };
}
