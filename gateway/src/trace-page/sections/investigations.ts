import type { Investigation } from '@veinledger/domain';
import { type Content, html } from '../html.js';
import type { TraceSheet } from '../sheet.js';
import { alarm, lines, tableOf } from '../table.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

/** Every investigation into a failed check: what it planned, what it found, and who has still to sign; none where there is none. */
export function investigationSection({ trace }: TraceSheet): readonly Section[] {
  const investigations = trace.things.filter((each) => each.noun === 'investigation');
  if (investigations.length === 0) return [];
  return [
    {
      id: 'investigations',
      heading: 'Investigations into failed checks',
      body: tableOf({
        caption: 'Investigations',
        headings: ['Investigation', 'Into', 'Phases and planned retests', 'Conclusion'],
        rows: investigations.map((each) => [
          each.id,
          html`${each.check} of ${each.step}, attempt ${each.attempt}`,
          lines(each.phases.map(phaseOf)),
          conclusionOf(each),
        ]),
        empty: 'None.',
      }),
    },
  ];
}

function phaseOf({ phase, actor, principal = actor, at, retest }: Investigation['phases'][number]) {
  const begun = html`${wordsOf(phase)} phase, ${timeOf(at)} by ${principal}`;
  if (!retest) return begun;
  const of = [...retest.items.map(labelOf), ...retest.datasets].join(', ');
  return html`${begun}; tested again by ${retest.analyst}, number of attempts ${retest.number}:
  ${of}`;
}

function conclusionOf({ annulled, conclusion }: Investigation): Content {
  if (annulled) return html`${alarm('ENTERED IN ERROR')}, ${timeOf(annulled.at)}`;
  if (!conclusion) return alarm('OPEN');
  const { cause, signatures, missing, retests } = conclusion;
  const stands = retests.map(({ step, attempt }) => `${step}, attempt ${attempt}, stands for it`);
  const waits = missing.map(
    ({ organisation, roles }) => `${roles.map(wordsOf).join(' or ')} of ${organisation}`,
  );
  return lines([
    html`cause: ${wordsOf(cause)}`,
    ...signatures.map(
      ({ actor, principal = actor, at }) => html`signed ${timeOf(at)} by ${principal}`,
    ),
    ...stands,
    ...(waits.length > 0 ? [html`${alarm('OPEN')}, waits for ${waits.join(', ')}`] : []),
  ]);
}
