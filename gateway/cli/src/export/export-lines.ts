import type { ExportReport } from './check-export.js';

/** A check of an export for people. What is not proven is said by name. */
export function exportLines(report: ExportReport): readonly string[] {
  const { coi, commands, evidence, files, manifestSha256, findings } = report;
  return [
    `therapy           ${coi}`,
    `commands          ${commands}, and ${evidence} that they rest on`,
    `files             ${files}`,
    `manifest          SHA-256 ${manifestSha256}`,
    ...provenLines(report),
    `differences       ${findings.length === 0 ? 'none' : findings.length}`,
    ...findings.map(({ file, what }) => `  ${file}: ${what}`),
  ];
}

function provenLines({ provenBy, notProven }: ExportReport): readonly string[] {
  if (provenBy === 'blocks') {
    return ["proven by         the ledger's blocks: commands, receipts, times and places"];
  }
  return [
    'proven by         the root: enrolments, keys, signatures, receipts; each decided anew',
    `not proven        ${notProven.join('; ')}: see a ledger (--ledger, --connection)`,
  ];
}
