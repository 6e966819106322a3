import type { GateOutlook, Outlook } from './outlook.js';

const CONSENT = 'consent ';

/**
 * An outlook for those who may not see the patient's decisions: they learn that something stands in the way, and not what
 * the patient decided.
 */
export function withoutConsents({ coi, at, gates, things }: Outlook): Outlook {
  const shown = gates.filter(({ subject }) => !subject.startsWith(CONSENT)).map(withholding);
  const outlook = { coi, at, gates: shown, things };
  return shown.some(({ withheld }) => withheld) ? { ...outlook, partial: true } : outlook;
}

function withholding(outlook: GateOutlook): GateOutlook {
  const reasons = outlook.reasons.filter(({ subject = '' }) => !subject.startsWith(CONSENT));
  if (reasons.length === outlook.reasons.length) return outlook;
  return { ...outlook, reasons, withheld: true };
}
