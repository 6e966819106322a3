import { it } from '@jest/globals';
import type { TherapyJourney } from '#scripts';
import { expectError, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** An out-of-specification exception is asked for in a process without one. */
export function exceptionHistories(world: () => World, journey: () => TherapyJourney): void {
  it('no exception is had in a process without one, nor by anybody but a physician', async () => {
    const { cast } = world();
    const asked = { exception: 'exception-1', batch: journey().batch };
    const annexes = { explanation: { explanation: 'There is nothing else to give.' } };
    const request = journey().say(cast.clinician, 'care:RequestException', asked, { annexes });
    expectRefused(await request, 'EXCEPTION_NOT_IN_PROCESS');
    const other = journey().say(cast.nurse, 'care:RequestException', asked, { annexes });
    await expectError(other, 'ROLE_MISSING');
    const named = { exception: 'exception-1' };
    const accept = journey().say(cast.clinician, 'care:AcceptException', named, { annexes });
    expectRefused(await accept, 'UNKNOWN_EXCEPTION');
  });
}
