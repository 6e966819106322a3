import { type Foreseen, type GateOutlook, hindrancesOf, type Therapy } from '@veinledger/domain';
import { type Content, type Html, html } from '../html.js';
import type { Obstacle } from '../obstacles.js';
import type { TraceSheet } from '../sheet.js';
import { alarm, identifier, lines, tableOf } from '../table.js';
import { type Doses, type Verdict, verdictOf } from '../verdict.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

/** Which therapy it is, of which process, for whom. */
export function therapySection({ trace: { therapy } }: TraceSheet): Section {
  const {
    coi,
    patient,
    process,
    parties,
    jurisdiction,
    orderLines,
    ordered,
    migrations = [],
  } = therapy;
  const doses = orderLines.map(
    ({ dose, day, site, depot, slot, containers = 1, replaces, annulled, cancelled }) =>
      html`dose ${dose} on day ${day}, ${slot}, site ${site}, depot
      ${depot}${containers > 1 ? `, ${containers} containers` : ''}${
        replaces === undefined ? '' : `, in place of line ${replaces}`
      }${annulled ? html`, ${alarm('ENTERED IN ERROR')}` : undefined}${
        cancelled ? html`, ${alarm('CANCELLED')}` : undefined
      }`,
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
      <dd>
        ${lines([
          html`${process.id} ${process.version}, ${identifier(process.hash)}`,
          ...migrations.map(
            ({ from, at, principal, actor }) =>
              html`until ${timeOf(at)} by ${from.version}, as ${principal ?? actor} decided`,
          ),
        ])}
      </dd>
      <dt>Parties</dt>
      <dd>${parties.join(', ')}</dd>
      <dt>Jurisdiction</dt>
      <dd>${jurisdiction}</dd>
      <dt>Ordered</dt>
      <dd>${by(ordered)}</dd>
      <dt>Order lines</dt>
      <dd>${lines(doses) ?? 'none'}</dd>
      ${endOf(therapy)}
    </dl>`,
  };
}

function by({ actor, principal = actor, at }: Therapy['ordered']): Content {
  return html`${timeOf(at)} by ${principal}`;
}

/** Who ended the therapy before its last dose, and who closed it. */
function endOf({ halts = [], closed }: Therapy): Content {
  if (halts.length === 0) return undefined;
  const signed = [
    ...halts.map((halt) => html`${alarm('HALTED')} ${by(halt)}`),
    ...(closed ? [html`closed ${by(closed)}`] : []),
  ];
  return html`<dt>Ended</dt>
    <dd>${lines(signed)}</dd>`;
}

/** Whether anything stands in the way, and what. */
export function verdictSection({ trace, outlook }: TraceSheet): Section {
  const verdict = verdictOf(trace, outlook);
  const { obstacles, foreseen, partial, refused, lateEntries, doses } = verdict;
  return {
    id: 'verdict',
    heading: 'Verdict at a glance',
    body: html`${sentenceOf(verdict)}
      ${partial ? html`<p class="none">You do not see all that counts here.</p>` : undefined}
      <ul class="counts">
        ${countsOf(doses).map((count) => html`<li>${count}</li>`)}
        <li>${countOf(refused, 'permission', 'permissions')} refused</li>
        <li>${countOf(lateEntries, 'late entry', 'late entries')}</li>
      </ul>
      ${foreseen.length === 0 ? undefined : foreseenTable(foreseen)}
      ${obstacles.length === 0 ? undefined : obstacleTable(obstacles)}`,
  };
}

function sentenceOf({ blocked, next, obstacles, foreseen }: Verdict): Html {
  const matters = obstacles.reduce((sum, { ids }) => sum + ids.length, 0);
  const unsettled = `${countOf(matters, 'matter', 'matters')} that nobody has settled`;
  switch (blocked) {
    case 'not': {
      const ahead = next ? ` The gate that it comes to next: ${wordsOf(next.gate)}.` : '';
      const said = `Nothing stands in the way of this therapy.${ahead}`;
      return html`<p class="verdict clear">${said}</p>`;
    }
    case 'unseen':
      return html`<p class="verdict">Nothing that you see stands in the way of this therapy.</p>`;
    case 'partly': {
      const things = new Set(
        foreseen.flatMap(({ refused }) => refused.map(({ subject }) => subject)),
      );
      const parts = [
        ...(matters > 0 ? [`${unsettled} stop single things`] : []),
        ...(things.size > 0
          ? [`gates ahead would refuse ${countOf(things.size, 'thing', 'things')}`]
          : []),
      ];
      const said = `${parts.join('; ')}; the therapy itself may go on.`;
      return html`<p class="verdict blocked">${alarm('BLOCKED IN PART')}: ${said}</p>`;
    }
    case 'wholly': {
      const by = [
        ...(next && refuses(next)
          ? [`the gate that it comes to next: ${wordsOf(next.gate)} would be refused`]
          : []),
        ...(matters > 0 ? [unsettled] : []),
      ];
      return html`<p class="verdict blocked">${alarm('BLOCKED')} by ${by.join('; and by ')}.</p>`;
    }
  }
}

function refuses(gate: GateOutlook): boolean {
  return gate.withheld === true || hindrancesOf(gate).length > 0;
}

/** How many doses were given, and how many came to something else. */
function countsOf(doses: Doses | undefined): readonly string[] {
  if (doses === undefined) return [];
  const { given, interrupted, 'not-started': notStarted } = doses;
  return [
    `${countOf(given, 'dose', 'doses')} given`,
    ...(interrupted > 0 ? [`${countOf(interrupted, 'dose', 'doses')} interrupted`] : []),
    ...(notStarted > 0 ? [`${countOf(notStarted, 'dose', 'doses')} not started`] : []),
  ];
}

/** The most of one row's refusals that are named one by one. */
const MOST_NAMED = 6;

function foreseenTable(foreseen: readonly Foreseen[]): Html {
  return tableOf({
    caption: 'What the next gates would say',
    headings: ['Why', 'About', 'Found', 'Would be refused'],
    rows: foreseen.map(({ reason, refused }) => [
      reason === undefined ? alarm('WITHHELD FROM YOU') : alarm(reason.code),
      reason?.subject === undefined ? undefined : named(reason.subject),
      reason?.found,
      lines([
        ...refused
          .slice(0, MOST_NAMED)
          .map(({ gate, subject }) => `${wordsOf(gate)}, ${named(subject)}`),
        ...(refused.length > MOST_NAMED ? [`and ${refused.length - MOST_NAMED} more`] : []),
      ]),
    ]),
    empty: '',
  });
}

function countOf(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function obstacleTable(obstacles: readonly Obstacle[]) {
  return tableOf({
    caption: 'What nobody has settled',
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
