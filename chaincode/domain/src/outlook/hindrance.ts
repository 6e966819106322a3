import type { StatedReason } from '../nouns/reason.js';
import type { GateOutlook } from './outlook.js';

/** What is said where a batch's turn has not come or a test may follow, or where a line of the order or a container serves a dose already. */
const IN_COURSE: ReadonlySet<string> = new Set([
  'NOT_REVIEWED',
  'BATCH_NOT_RELEASED',
  'CONTAINER_TAKEN',
  'OPEN_TEST_NOT_NAMED',
  'ORDER_LINE_TAKEN',
]);

/** What is in course of the thing itself, and amiss of something that it was made of; of some codes, if that was found. */
const OF_ITSELF: Readonly<Record<string, string | undefined>> = {
  COLLECTION_NOT_CONFIRMED: undefined,
  RELABELLING_NOT_VERIFIED: undefined,
  NO_BATCH: 'none',
  HAND_OFF_NOT_ACCEPTED: 'pending',
  NOT_IN_CUSTODY: 'in-transit',
};

/** Those of a gate's reasons which say that something stands in the way, and not only that something is still to be done. */
export function hindrancesOf(outlook: GateOutlook): readonly StatedReason[] {
  return outlook.reasons.filter((reason) => !isInCourse(reason, outlook));
}

function isInCourse({ code, subject, found }: StatedReason, outlook: GateOutlook): boolean {
  if (IN_COURSE.has(code)) return true;
  if (code === 'NOT_TESTED') return isToBeReviewed(outlook, subject);
  return code in OF_ITSELF && subject === outlook.subject && found === OF_ITSELF[code];
}

/** Tests are awaited until the review; what was reviewed without them has lost them since. */
function isToBeReviewed({ gate, reasons }: GateOutlook, batch: string | undefined): boolean {
  if (gate === 'manufacturing:ReviewBatch') return true;
  return reasons.some(({ code, subject }) => code === 'NOT_REVIEWED' && subject === batch);
}
