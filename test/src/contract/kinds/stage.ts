import {
  type Committed,
  delivery,
  enrolment,
  release,
  sequencing,
  type TherapyJourney,
} from '#scripts';
import { expectPermitted } from '../../support/refusals.js';
import type { World } from '../../support/world.js';

/** Therapies as far as they were played for several histories to begin there, none of them with anything wrong. */
export interface Stage {
  readonly world: World;
  /** everything is sequenced, and nothing called */
  readonly sequenced: TherapyJourney;
  /** vials stand in a batch that nobody has tested */
  readonly filled: TherapyJourney;
  /** a dose is prepared, a second vial and the retained one are in the pharmacy */
  readonly atTheWard: TherapyJourney;
}

/** Plays all of them side by side. */
export async function setStage(world: World): Promise<Stage> {
  const [sequenced, filled, atTheWard] = await Promise.all([
    playSequenced(world),
    world.filledTherapy(),
    playToTheWard(world),
  ]);
  return { world, sequenced, filled, atTheWard };
}

async function playSequenced(world: World): Promise<TherapyJourney> {
  const journey = await world.newPatient();
  await enrolment(journey);
  await sequencing(journey);
  return journey;
}

async function playToTheWard(world: World): Promise<TherapyJourney> {
  const journey = await world.filledTherapy();
  expectPermitted(await release(journey));
  await delivery(journey);
  const { cast, things } = journey;
  await journey.ship([things.retainedVial], cast.operator, cast.pharmacist, () => -72);
  return journey;
}

/** What a design's sequence was committed to. */
export async function commitmentOf(
  world: World,
  journey: TherapyJourney,
  design: string,
): Promise<string> {
  const found = (await world.things(journey, 'design')).find(({ id }) => id === design);
  if (!found) throw new Error(`the ledger holds no design ${design}`);
  return found.commitment;
}

/** Quality looks into everything that is open in a therapy, and permits that it is used. */
export async function permitAll(world: World, journey: TherapyJourney): Promise<void> {
  const annexes = { investigation: { explanation: 'looked into', evidence: [] } };
  for (const { id, subjects } of await world.things(journey, 'deviation')) {
    for (const { ref: subject, disposition } of subjects) {
      if (disposition) continue;
      const body = { deviation: id, subject, decision: 'permit-use' };
      const type = 'manufacturing:RecordDisposition';
      expectPermitted(await journey.say(journey.cast.reviewer, type, body, { annexes }));
    }
  }
}

/** Records a batch of a fill; of the first, without vials, where nothing else is said. */
export function recordBatch(
  journey: TherapyJourney,
  batch: string,
  rest: object,
  options: { readonly annexes?: Readonly<Record<string, object>> } = {},
): Promise<Committed> {
  const body = {
    ...{ batch, design: journey.design, fill: { step: 'fill-finish', attempt: 1 } },
    ...{ expiry: inAMonth(), vials: [], ...rest },
  };
  return journey.say(journey.cast.operator, 'manufacturing:RecordBatch', body, options);
}

/** RFC 3339. */
export function inAMonth(): string {
  return ago(-30 * 24 * 60);
}

/** Minutes ago, RFC 3339. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}
