import { html } from '../html.js';
import type { TraceSheet } from '../sheet.js';
import { alarm, identifier, lines, tableOf } from '../table.js';
import { type Obstacle, verdictOf } from '../verdict.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

/** Which therapy it is, of which process, for whom. */
export function therapySection({ trace: { therapy } }: TraceSheet): Section {
  const { coi, patient, process, parties, jurisdiction, orderLines, ordered } = therapy;
  const doses = orderLines.map(
    ({ dose, day, site, depot, slot, containers = 1, replaces, annulled }) =>
      html`dose ${dose} on day ${day}, ${slot}, site ${site}, depot
      ${depot}${containers > 1 ? `, ${containers} containers` : ''}${
        replaces === undefined ? '' : `, in place of line ${replaces}`
      }${annulled ? html`, ${alarm('ENTERED IN ERROR')}` : undefined}`,
  );
  return {
    id: 'therapy',
    heading: 'Therapy and process',
    body: html`<dl>
      <dt>Chain of identity</dt>
      <dd>${identifier(coi)}</dd>
      <dt>Patient</dt>
      <dd>${patient} (pseudonym)</dd>
      <dt>Process</dt>
      <dd>${process.id} ${process.version}, ${identifier(process.hash)}</dd>
      <dt>Parties</dt>
      <dd>${parties.join(', ')}</dd>
      <dt>Jurisdiction</dt>
      <dd>${jurisdiction}</dd>
      <dt>Ordered</dt>
      <dd>${timeOf(ordered.at)} by ${ordered.principal ?? ordered.actor}</dd>
      <dt>Order lines</dt>
      <dd>${lines(doses) ?? 'none'}</dd>
    </dl>`,
  };
}

/** Whether anything stands in the way, and what. */
export function verdictSection({ trace }: TraceSheet): Section {
  const { blocked, obstacles, refused, lateEntries, given } = verdictOf(trace);
  const matters = obstacles.reduce((sum, { ids }) => sum + ids.length, 0);
  const unsettled = `${countOf(matters, 'matter', 'matters')} that nobody has settled`;
  const verdict = {
    not: html`<p class="verdict clear">Nothing stands in the way of this therapy.</p>`,
    partly: html`<p class="verdict blocked">
      ${alarm('BLOCKED IN PART')}: ${unsettled} stop single things; the therapy itself may go on.
    </p>`,
    wholly: html`<p class="verdict blocked">${alarm('BLOCKED')} by ${unsettled}.</p>`,
  }[blocked];
  return {
    id: 'verdict',
    heading: 'Verdict at a glance',
    body: html`${verdict}
      <ul class="counts">
        <li>${countOf(given, 'dose', 'doses')} given</li>
        <li>${countOf(refused, 'permission', 'permissions')} refused</li>
        <li>${countOf(lateEntries, 'late entry', 'late entries')}</li>
      </ul>
      ${obstacles.length === 0 ? undefined : obstacleTable(obstacles)}`,
  };
}

function countOf(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function obstacleTable(obstacles: readonly Obstacle[]) {
  return tableOf({
    caption: 'What stands in the way',
    headings: ['What', 'Code', 'Stops', 'Id'],
    rows: obstacles.map(({ what, code, stops, ids }) => [
      html`${alarm(wordsOf(what).toUpperCase())}${ids.length === 1 ? undefined : `, ${ids.length} times`}`,
      code,
      lines(stops.map(named)),
      ids.length === 1 ? identifier(ids[0] ?? '') : 'listed below',
    ]),
    empty: '',
  });
}

/** A noun and an id, the id as labels write it. */
function named(thing: string): string {
  const space = thing.indexOf(' ');
  return `${thing.slice(0, space)} ${labelOf(thing.slice(space + 1))}`;
}
