import {
  alarm,
  html,
  lines,
  type Section,
  tableOf,
  timeOf,
  wordsOf,
} from '@veinledger/gateway/printed';
import type { Pack } from '../pack.js';

/** Who may sign, in which roles, since when and until when. */
export function accessSection({ access, trainings, madeAt }: Pack): Section {
  const sorted = [...access].sort((one, other) =>
    one.organisation === other.organisation
      ? compare(one.id, other.id)
      : compare(one.organisation, other.organisation),
  );
  return {
    id: 'access',
    heading: `Access list (${access.length})`,
    ownPage: true,
    body: html`<p>As of ${timeOf(madeAt)}: everybody enrolled whom the reader may know.</p>
      ${tableOf({
        caption: 'Actors by organisation',
        headings: [
          'Actor',
          'Printed name',
          'Organisation',
          'Kind',
          'Roles',
          'Enrolled',
          'Keys since',
          'Ended',
        ],
        rows: sorted.map((each) => [
          each.id,
          each.name ?? (each.printedName === undefined ? 'none on record' : 'not told'),
          each.organisation,
          each.kind,
          lines(each.roles.map(wordsOf)),
          html`${timeOf(each.enrolledAt)}<br />by ${each.enrolledBy}`,
          timeOf(each.keysSince ?? each.enrolledAt),
          each.revocation &&
            html`${alarm('REVOKED')} ${timeOf(each.revocation.at)}<br />by ${each.revocation.by}:
              ${wordsOf(each.revocation.reason)}`,
        ]),
        empty: 'Nobody whom the reader may know is enrolled.',
      })}
      ${tableOf({
        caption: 'Training and authorisation for steps, of those who signed here',
        headings: ['Actor', 'Process', 'Step', 'From', 'Until', 'Recorded'],
        rows: trainings.map(({ actor, process, version, step, from, until, recorded }) => [
          actor,
          `${process} ${version}`,
          step,
          timeOf(from),
          timeOf(until),
          html`${timeOf(recorded.time)}<br />by ${recorded.actor}`,
        ]),
        empty:
          'No training of theirs is on record; a step asks for one where its definition says so.',
      })}`,
  };
}

const compare = (one: string, other: string) => (one < other ? -1 : 1);
