import { expect, test } from '@jest/globals';
import { ofTransit } from '../annulling/transit.js';
import { Things } from '../annulling/things.js';
import { actor, COI, command, context, din, item, signed } from '../example.fixture.js';
import type { Entity, EntityOf } from '../nouns/registry.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { decideRecordTransit } from './record-transit.js';

const courier = actor('courier.driver', 'CourierMSP', 'courier');
const eventIn = (changes: readonly Entity[] = []) =>
  changes.find((each): each is EntityOf<'transit-event'> => each.noun === 'transit-event');

test('what befell a thing on its way is marked where it was entered in error, and stays', () => {
  const named = { known: 'own', id: din(1), item: item({ id: din(1) }) } as const;
  const body = { coi: COI, item: din(1), occurrence: 'logger-swapped' as const, logger: 'l-2' };
  const { changes, deviations } = decideRecordTransit(
    { named },
    command(courier.id, body),
    context(courier),
  );
  expect(deviations).toEqual([]);
  const event = eventIn(changes);
  expect(event).toMatchObject({ item: din(1), occurrence: 'logger-swapped', logger: 'l-2' });
  if (!event || ofTransit === 'never') throw new Error('nothing to annul');
  const record = recordOf('custody:RecordTransit', courier, { commandId: event.id });
  const undone = ofTransit.undo(record, new Things([event]), signed(courier.id));
  expect(eventIn(undone.changes)).toEqual({ ...event, annulled: signed(courier.id) });
});
