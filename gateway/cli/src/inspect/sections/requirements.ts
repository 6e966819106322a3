import { alarm, html, onOneLine, lines, type Section, tableOf } from '@veinledger/gateway/printed';
import type { Pack } from '../pack.js';

/** Which rule and which tests hold each requirement of the safety case. */
export function requirementSection({ requirements }: Pack): Section {
  return {
    id: 'requirements',
    heading: `Requirements, rules and tests (${requirements.length})`,
    ownPage: true,
    body: tableOf({
      caption: 'Of the safety case: what must never happen, and what must always be possible',
      headings: ['No.', 'Requirement', 'Rule', 'Tests'],
      rows: requirements.map(({ id, sentence, notMet, rules, tests }) => [
        id,
        notMet === '' ? sentence : html`${sentence} ${alarm('NOT MET')}: ${notMet}`,
        lines(rules.map(onOneLine)),
        lines(tests.map(onOneLine)),
      ]),
      empty: 'The safety case has no rows.',
    }),
  };
}
