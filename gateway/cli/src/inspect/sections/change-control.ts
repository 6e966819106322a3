import {
  digestText,
  html,
  lines,
  type Section,
  tableOf,
  timeOf,
} from '@veinledger/gateway/printed';
import { changeWords } from '../../change-words.js';
import type { Pack } from '../pack.js';

/** What was changed of processes and of what members decide together, and who approved it. */
export function changeSection({ processes, proposals, therapy, attached }: Pack): Section {
  const { id, version } = therapy.process;
  return {
    id: 'change-control',
    heading: 'Change control',
    ownPage: true,
    body: html`${tableOf({
        caption: 'Process definitions, each version by its hash',
        headings: ['Process', 'Hash', 'Steps', 'Published', 'By', 'This therapy'],
        rows: processes.map((each) => [
          `${each.id} ${each.version}`,
          digestText(each.hash),
          each.definition.steps.length,
          timeOf(each.at),
          each.publishedBy,
          each.id === id && each.version === version ? 'is pinned to it' : '',
        ]),
        empty: 'No process is published.',
      })}
      <p>
        A version that no proposal below agreed on is one of the founding: its hash stands in the
        consortium root, which every member has.
      </p>
      ${tableOf({
        caption: 'What members laid before each other and voted on',
        headings: ['Proposal', 'Change', 'State', 'Votes'],
        rows: proposals.map((each) => [
          each.id,
          changeWords(each.change),
          each.state,
          lines(
            each.votes.map(
              ({ organisation, choice, signed }) =>
                html`${organisation}: ${choice}, ${signed.actor}, ${timeOf(signed.time)}`,
            ),
          ),
        ]),
        empty: 'Nothing has been laid before the members.',
      })}
      <p>
        The code of the contracts: on Fabric each organisation approves it by the package id, and
        its approvals stand on the channel; “veinledger network verify” tells what each member
        approved and runs.
        ${
          attached.length === 0
            ? 'Its output is not part of this pack (--attach).'
            : `Taken in: ${attached.join(', ')}.`
        }
      </p>`,
  };
}
