import { z } from 'zod';
import { ofReadings } from '../annulling/custody.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { code, coi, instant, itemId } from '../values/identifiers.js';
import { isBefore, milliseconds } from '../values/time.js';
import { CUSTODIANS } from '../values/roles.js';
import { beginningOf } from '../nouns/beginning.js';
import type { Item, TemperatureRange } from '../nouns/item.js';
import { signedBy } from '../nouns/signed.js';
import { admitItem, type ReportedItem } from './resolve.js';
import { readReportedItem } from './reported-item.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { ofJourney } from '../standing/custody.js';

/** The most readings that one command brings. */
export const MAX_READINGS = 200;

const recordReadingsBody = z.strictObject({
  coi,
  item: itemId,
  logger: code,
  readings: z
    .array(z.strictObject({ at: instant, temperatureC: z.number().min(-273.15).max(200) }))
    .min(1)
    .max(MAX_READINGS),
});

export const recordReadings = defineFact({
  type: 'custody:RecordReadings',
  roles: CUSTODIANS,
  signature: 'device',
  annexes: [],
  body: recordReadingsBody,
  scope: therapyScope,
  reads: (reader, { body }) => readReportedItem(reader, body),
  standing: ({ named }, { body }, context) =>
    alarmUnless(ofJourney(named, context), {
      subject: itemNamed(body.coi, named),
      claim: 'other',
    }),
  annulling: ofReadings,
  decide: decideReadings,
});
type Body = z.infer<typeof recordReadingsBody>;

/** What a logger measured. A reading outside the item's range is an excursion, which quality must judge. */
export function decideReadings(
  state: { readonly named: ReportedItem },
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const item = admitItem(recording, state.named, command, context);
  const temperatures = body.readings.map((reading) => reading.temperatureC);
  const times = body.readings.map((reading) => reading.at).sort();
  const minC = Math.min(...temperatures);
  const maxC = Math.max(...temperatures);
  const excursions = temperatures.filter((each) => isOutside(each, item.range)).length;
  recording.put({
    noun: 'readings',
    coi: body.coi,
    id: command.id,
    item: item.id,
    logger: body.logger,
    count: temperatures.length,
    minC,
    maxC,
    from: times[0] ?? command.at,
    until: times.at(-1) ?? command.at,
    excursions,
    recorded: signedBy(command, context),
  });
  const outside = body.readings.filter(({ at }) => isOutsideJourney(at, item, command.at));
  if (outside.length > 0) {
    recording.deviate(
      {
        code: 'READING_OUTSIDE_JOURNEY',
        classification: 'major',
        expected: `from ${beginningOf(item) ?? 'its beginning'} to ${command.at}`,
        found: outside.map(({ at }) => at).sort()[0] ?? '',
      },
      item,
    );
  }
  if (excursions > 0) {
    recording.deviate(
      {
        code: 'TEMPERATURE_EXCURSION',
        classification: 'major',
        ...(outside.length > 0 ? {} : excursionSince(body.readings, item.range)),
        expected: describeRange(item.range),
        found: `${minC}..${maxC} C in ${excursions} of ${temperatures.length} readings`,
      },
      item,
    );
  }
  return recording.done();
}

/** Whether a reading was taken before the thing was there, or after it is told of (F1). */
function isOutsideJourney(at: string, item: Item, toldAt: string): boolean {
  const began = beginningOf(item);
  return (began !== undefined && isBefore(at, began)) || isBefore(toldAt, at);
}

/** After which reading an excursion may have begun: the last one in range before the first that is not. */
function excursionSince(readings: Body['readings'], range: TemperatureRange): { since?: string } {
  const inOrder = [...readings].sort((one, other) => milliseconds(one.at) - milliseconds(other.at));
  const first = inOrder.findIndex(({ temperatureC }) => isOutside(temperatureC, range));
  const before = inOrder[first - 1];
  return before ? { since: before.at } : {};
}

function isOutside(temperatureC: number, range: TemperatureRange): boolean {
  return (
    temperatureC < (range.temperatureMinC ?? -Infinity) ||
    temperatureC > (range.temperatureMaxC ?? Infinity)
  );
}

function describeRange(range: TemperatureRange): string {
  return `${range.temperatureMinC ?? ''}..${range.temperatureMaxC ?? ''} C`;
}
