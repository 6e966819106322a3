import { describe, expect, test } from '@jest/globals';
import { actor, din, item, NOW } from '../example.fixture.js';
import {
  courier,
  deviated,
  itemIn,
  nurse,
  receive,
  release,
  underWay,
  unreleased,
} from './hand-off.fixture.js';

describe('a release', () => {
  test('by who holds the item sends it on its way, and the holder stays', () => {
    const decision = release(item());
    expect(deviated(decision)).toEqual([]);
    const signatures: unknown = [expect.objectContaining({ actor: 'hospital.nurse', time: NOW })];
    expect(itemIn(decision)).toEqual({
      ...item({
        custody: 'in-transit',
        handOff: { id: 'hand-off-1', verdict: 'pending', from: 'HospitalMSP', to: 'CourierMSP' },
      }),
      signatures,
    });
  });

  test('by somebody else is recorded, deviates and moves nothing', () => {
    const decision = release(item(), courier);
    expect(deviated(decision)).toEqual(['NOT_HOLDER']);
    expect(itemIn(decision)).toMatchObject({ custody: 'in-custody' });
    expect(decision.changes.map(({ noun }) => noun)).toContain('hand-off');
  });

  test.each(['in-transit', 'consumed', 'administered', 'disposed'] as const)(
    'of what is %s deviates and moves nothing',
    (custody) => {
      const decision = release(item({ custody }));
      expect(deviated(decision)).toEqual(['NOT_IN_CUSTODY']);
      expect(itemIn(decision)).toMatchObject({ custody });
    },
  );

  test.each([
    [{ to: 'PayerMSP' }, 'RECEIVER_NOT_A_PARTY'],
    [{ condition: 'thawed' }, 'NOT_INTACT'],
    [{ identityCheck: 'mismatch' }, 'LABEL_MISMATCH'],
  ])('with %j deviates', (rest, code) => {
    expect(deviated(release(item(), nurse, rest))).toEqual([code]);
  });

  test('under a name that is taken deviates and leaves the first hand-off as it is', () => {
    const decision = release(item(), nurse, {}, underWay);
    expect(deviated(decision)).toEqual(['HAND_OFF_REUSED']);
    expect(decision.changes.map(({ noun }) => noun)).not.toContain('hand-off');
    expect(itemIn(decision)).toMatchObject({ custody: 'in-custody' });
  });
});

describe('a receipt', () => {
  test('makes the receiver the holder', () => {
    const decision = receive();
    expect(deviated(decision)).toEqual([]);
    expect(itemIn(decision)).toMatchObject({
      custody: 'in-custody',
      holder: { organisation: 'CourierMSP', actor: courier.id },
      handOff: { verdict: 'accepted' },
    });
  });

  test.each([
    ['accepted', 'CourierMSP', []],
    ['misdelivered', 'CourierMSP', ['MISDELIVERED']],
    ['rejected', 'HospitalMSP', ['DELIVERY_REJECTED']],
  ])('that is %s leaves the item with %s', (verdict, organisation, codes) => {
    const decision = receive({ verdict });
    expect(itemIn(decision)).toMatchObject({ holder: { organisation }, handOff: { verdict } });
    expect(deviated(decision)).toEqual(codes);
  });

  test.each([
    [{ seals: ['SEAL-0002'] }, 'SEAL_MISMATCH'],
    [{ seals: [] }, 'SEAL_MISMATCH'],
    [{ condition: 'leaking' }, 'NOT_INTACT'],
  ])('with %j deviates', (rest, code) => {
    expect(deviated(receive(rest))).toEqual([code]);
  });

  test('by another member than it was sent to deviates', () => {
    const lab = actor('lab.technician', 'LabMSP', 'lab');
    expect(deviated(receive({}, lab))).toEqual(['WRONG_RECEIVER']);
  });

  test('by the very person who released it deviates', () => {
    expect(deviated(receive({}, nurse))).toEqual(['WRONG_RECEIVER', 'SAME_PERSON']);
  });

  test('that contradicts another is kept beside it', () => {
    const [first] = receive().changes.flatMap((each) => (each.noun === 'hand-off' ? [each] : []));
    const decision = receive({}, courier, first);
    expect(deviated(decision)).toEqual(['CONTRADICTING_RECEIPT']);
    const kept = decision.changes.flatMap((each) =>
      each.noun === 'hand-off' ? each.receipts : [],
    );
    expect(kept).toHaveLength(2);
  });

  test('of what no longer exists deviates and does not bring it back', () => {
    const decision = receive({}, courier, underWay, item({ custody: 'disposed' }));
    expect(deviated(decision)).toEqual(['CONTRADICTING_RECEIPT']);
    expect(itemIn(decision)).toMatchObject({ custody: 'disposed' });
  });

  test('of what nobody released, or of another item’s hand-off, deviates and moves custody', () => {
    const others = { ...underWay, item: din(2) };
    for (const handOff of [unreleased, others]) {
      const decision = receive({}, courier, handOff);
      expect(deviated(decision)).toEqual(['UNKNOWN_HAND_OFF']);
      expect(itemIn(decision)).toMatchObject({ holder: { organisation: 'CourierMSP' } });
    }
  });
});
