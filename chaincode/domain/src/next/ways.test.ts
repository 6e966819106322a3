import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../catalogue.js';
import { DEVIATION_CODES, classOf } from '../values/deviation-codes.js';
import { CODES_IN_THE_WAY, CODES_OF_THE_ASKING } from '../values/reason-codes.js';
import { reasonsAgainstPermit } from '../manufacturing/permit-use.js';
import { COI, signed } from '../example.fixture.js';
import { optionsOf } from './asked.js';
import { mattersOf } from './next.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import { type ActOf, actsOnDeviation, SETTLEMENT_OF_CLASS, WAY_OF_REASON } from './ways.js';

const matters = mattersOf(honest());

/** The acts that nobody of the therapy may do. */
function impossible(acts: readonly ActOf[]): readonly string[] {
  return acts.flatMap((act) => {
    const type = COMMANDS.find((each) => each.type === act.type);
    const options = optionsOf(matters, [act], 'HospitalMSP');
    const able = options.some(({ roles }) => roles.some((role) => type?.roles.includes(role)));
    return able ? [] : [`${act.type} by ${act.by}`];
  });
}

describe('what stands in the way', () => {
  test.each(CODES_IN_THE_WAY)('%s has an act that somebody of a party may do, or ends', (code) => {
    const way = WAY_OF_REASON[code];
    expect('acts' in way ? impossible(way.acts) : []).toEqual([]);
  });

  test('is one thing, and that somebody asked wrongly another', () => {
    const both = new Set<string>(CODES_IN_THE_WAY);
    expect(CODES_OF_THE_ASKING.filter((code) => both.has(code))).toEqual([]);
  });
});

describe('a deviation', () => {
  test.each(DEVIATION_CODES)('of code %s has somebody who leads on', (code) => {
    const acts = actsOnDeviation(code);
    expect(acts.length).toBeGreaterThan(0);
    expect(impossible(acts)).toEqual([]);
  });

  test.each(DEVIATION_CODES)('of code %s is only rejected where no disposition permits', (code) => {
    const ref = { kind: 'item', coi: COI, id: 'item-1' } as const;
    const deviation = {
      noun: 'deviation',
      scope: { kind: 'therapy', id: COI },
      id: 'D1',
      code,
      classification: 'major',
      subjects: [{ ref }],
      opened: signed('hospital.nurse'),
    } as const;
    const reasons = reasonsAgainstPermit(deviation, ref, { investigation: 'digest' });
    expect(SETTLEMENT_OF_CLASS[classOf(code)]).toBe(reasons.length > 0 ? 'reject' : 'any');
  });
});
