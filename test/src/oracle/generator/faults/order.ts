import { changed, drawPlace, type FaultKind, nameOf } from './fault.js';

const MINUTE_MS = 60_000;
const LATE_REASONS = ['ledger-unreachable', 'device-offline', 'paper-record', 'correction'];

/** A command that nobody says. */
export const drop: FaultKind = (draw) => {
  const place = drawPlace(draw);
  if (place === undefined) return undefined;
  const spoken = draw.plan[place];
  return {
    kind: 'drop',
    says: `drop ${nameOf(spoken)}`,
    slots: new Map([[place, (acts) => acts.filter((act) => act !== spoken)]]),
  };
};

/** A command that is said twice. */
export const repeat: FaultKind = (draw) => {
  const place = drawPlace(draw);
  if (place === undefined) return undefined;
  const spoken = draw.plan[place];
  return {
    kind: 'repeat',
    says: `repeat ${nameOf(spoken)}`,
    slots: new Map([
      [place, (acts) => acts.flatMap((act) => (act === spoken ? [act, act] : [act]))],
    ]),
  };
};

/** Two commands, near each other, in the other order. */
export const swap: FaultKind = (draw) => {
  const { random, plan } = draw;
  const place = drawPlace(draw);
  if (place === undefined) return undefined;
  const other = Math.min(plan.length - 1, place + 1 + random.below(6));
  const [one, two] = [plan[place], plan[other]];
  if (one === two || !one || !two) return undefined;
  return {
    kind: 'swap',
    says: `swap ${nameOf(one)} and ${nameOf(two)}`,
    slots: new Map([
      [place, (acts) => acts.map((act) => (act === one ? two : act))],
      [other, (acts) => acts.map((act) => (act === two ? one : act))],
    ]),
  };
};

/** A command that is said after others. */
export const delay: FaultKind = (draw) => {
  const { random, plan } = draw;
  const place = drawPlace(draw);
  if (place === undefined) return undefined;
  const later = place + 1 + random.below(plan.length - place);
  const spoken = plan[place];
  if (!spoken || later >= plan.length) return undefined;
  return {
    kind: 'delay',
    says: `delay ${nameOf(spoken)} until ${nameOf(plan[later])}`,
    slots: new Map([
      [place, (acts) => acts.filter((act) => act !== spoken)],
      [later, (acts) => [...acts, spoken]],
    ]),
  };
};

/** A command that tells of something some time ago, with a reason or without. */
export const late: FaultKind = (draw) => {
  const { random } = draw;
  const place = drawPlace(draw);
  if (place === undefined) return undefined;
  const lateMs = random.of([10, 14, 20, 45, 90, 400, 3000]) * MINUTE_MS;
  const lateReason = random.chance(0.5) ? random.of(LATE_REASONS) : undefined;
  return changed(
    'late',
    draw,
    place,
    `${lateMs / MINUTE_MS} minutes, ${lateReason ?? 'no reason'}`,
    (spoken) => ({
      ...spoken,
      lateMs,
      ...(lateReason === undefined ? {} : { lateReason }),
    }),
  );
};

/** A while in which nothing happens. */
export const pause: FaultKind = (draw) => {
  const { random, plan } = draw;
  const near = random.chance(0.6) ? /^care|Certify|Derive/ : /^care|^custody|^manufacturing/;
  const place = drawPlace(draw, ({ type }) => near.test(type));
  if (place === undefined) return undefined;
  const minutes = random.of([14, 16, 59, 62, 358, 362, 24 * 60, 740 * 24 * 60]);
  return {
    kind: 'pause',
    says: `pause ${minutes} minutes before ${nameOf(plan[place])}`,
    slots: new Map([[place, (acts) => [{ type: 'wait', ms: minutes * MINUTE_MS }, ...acts]]]),
  };
};
