import { alarm, digestText, html, lines, type Section } from '@veinledger/gateway/printed';
import type { Pack } from '../pack.js';

/** That the record can be restored: everything decided anew from the root, by what is in the pack alone. */
export function restoredSection({ restored }: Pack): Section {
  const { commands, evidence, findings, notProven, manifestSha256, endorsedOnly } = restored;
  const verdict =
    findings.length === 0
      ? html`<p class="verdict">
          Restored: ${commands} commands of the therapy and ${evidence} that they rest on were
          decided anew from the consortium root, in the order of the ledger, without the gateway.
          Every signature held, and every receipt came out as it is on record.
        </p>`
      : html`<p class="verdict blocked">
          ${alarm(`${findings.length} DIFFERENCES`)}, named below.
        </p>`;
  return {
    id: 'restore',
    heading: 'Restore test',
    body: html`${verdict} ${lines(findings.map(({ file, what }) => html`${file}: ${what}`))}
      <p>
        Manifest of the export: SHA-256 ${digestText(manifestSha256)}. Verdicts on measured results
        of ${endorsedOnly.length} commands are their endorsers’ word. Not proven by this pack alone:
        ${notProven.join('; ')}.
      </p>`,
  };
}
