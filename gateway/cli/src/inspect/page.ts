import { documentOf, html, minuteOf, plainMinute } from '@veinledger/gateway/printed';
import type { Pack } from './pack.js';
import { accessSection } from './sections/access.js';
import { changeSection } from './sections/change-control.js';
import { overviewSection } from './sections/overview.js';
import { requirementSection } from './sections/requirements.js';
import { restoredSection } from './sections/restored.js';
import { trailSection } from './sections/trail.js';

/** The pack for people: to read, and to print on A4. No scripts. */
export function inspectionPage(pack: Pack): string {
  const { coi, madeAt, madeBy } = pack;
  return documentOf({
    title: `Inspection of therapy ${coi}`,
    foot: `made ${plainMinute(madeAt)} by ${madeBy}`,
    lead: html`Made ${minuteOf(madeAt)} by ${madeBy}. Times are UTC.`,
    sections: [
      overviewSection(pack),
      restoredSection(pack),
      requirementSection(pack),
      accessSection(pack),
      trailSection(pack),
      changeSection(pack),
    ],
  }).text;
}
