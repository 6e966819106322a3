import {
  type Content,
  digestText,
  html,
  minuteOf,
  type Section,
} from '@veinledger/gateway/printed';
import type { Pack } from '../pack.js';

/** What the pack is, of what, and where its parts are. */
export function overviewSection(pack: Pack): Section {
  const { coi, therapy, ledger, network, madeAt, madeBy, software, attached } = pack;
  const { id, version } = therapy.process;
  const { inspection } = pack;
  const rows: readonly (readonly [string, Content])[] = [
    ['Chain of identity', coi],
    ['Patient', `${therapy.patient} (pseudonym)`],
    ['Process', `${id} ${version}`],
    ['Parties', therapy.parties.join(', ')],
    ...(inspection === undefined
      ? []
      : ([
          [
            'Made for the inspection',
            `${inspection.id}: ${inspection.authority} ${inspection.reference}, ${inspection.kind}, at ${inspection.host}, on ${inspection.basis}`,
          ],
        ] as const)),
    ['Ledger', `${ledger.name}, ${ledger.height} blocks`],
    ['Chain of blocks', ledger.intact ? 'whole, as the gateway walks it' : 'BROKEN'],
    ['Network id', digestText(network)],
    ['Made', html`${minuteOf(madeAt)} by ${madeBy}: it holds what this reader is told`],
    ['Software', software],
    ['Readable copy of the therapy', html`<a href="therapy.html">therapy.html</a>`],
    ['Every signed command, with receipts and keys', 'the folder export'],
    ['All of this pack as data', html`<a href="inspection.json">inspection.json</a>`],
    ...(attached.length > 0
      ? [
          [
            'Taken in',
            attached.map((file) => html`<a href="attached/${file}">${file}</a> `),
          ] as const,
        ]
      : []),
  ];
  return {
    id: 'overview',
    heading: 'What this is',
    body: html`<dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>`,
  };
}
