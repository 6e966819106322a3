import { describe, expect, test } from '@jest/globals';
import { actor, din, item, NO_USE, NOW } from '../example.fixture.js';
import type { Item } from '../nouns/item.js';
import { addMinutes } from '../values/time.js';
import {
  courier,
  deviated,
  handOffIn,
  itemIn,
  nurse,
  parcel,
  RECEIPT,
  receive,
  release,
  releasedWith,
  underWay,
  unreleased,
} from './hand-off.fixture.js';
import { receiveItem } from './receive.js';

const lab = actor('lab.technician', 'LabMSP', 'lab');

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

  test.each([
    ['what has a batch', { kind: 'vial', batch: 'batch-1' }],
    ['what is given without one, such as a prepared dose', { kind: 'dose' }],
    ['what nobody knows', { kind: 'unidentified' }],
  ])('that sends back %s leaves it to nobody’s arm', (_, rest) => {
    const decision = release(item(rest), nurse, { returned: true });
    expect(deviated(decision)).toEqual(['RETURNED']);
    expect(itemIn(decision)?.blockers).toMatchObject([{ code: 'RETURNED', since: NOW }]);
    expect(deviated(release(item(rest), nurse, { returned: false }))).toEqual([]);
  });

  test('that sends back a sample is any release', () => {
    expect(deviated(release(item(), nurse, { returned: true }))).toEqual([]);
  });

  test('by whom it was given to, of which nobody told that it came, deviates and sends it on', () => {
    const decision = release(parcel, courier, { handOff: 'hand-off-2', to: 'LabMSP' });
    expect(deviated(decision)).toEqual(['NOT_HOLDER', 'NOT_IN_CUSTODY']);
    expect(itemIn(decision)).toMatchObject({
      ...{ custody: 'in-transit', holder: { organisation: 'HospitalMSP' } },
      handOff: { id: 'hand-off-2', verdict: 'pending', from: 'CourierMSP', to: 'LabMSP' },
    });
  });

  test('under a name that is taken deviates and leaves the first hand-off as it is', () => {
    const decision = release(item(), nurse, { to: 'LabMSP' }, underWay);
    expect(deviated(decision)).toEqual(['HAND_OFF_REUSED']);
    expect(decision.changes.map(({ noun }) => noun)).not.toContain('hand-off');
    expect(itemIn(decision)).toMatchObject({ custody: 'in-custody' });
  });

  test('told again by the same person in the same words is nothing new', () => {
    const again = release(parcel, nurse, {}, underWay);
    expect(again).toMatchObject({ changes: [], deviations: [], effect: 'none' });
    const other = actor('hospital.other', 'HospitalMSP', 'nurse');
    expect(deviated(release(parcel, other, {}, underWay))).toContain('HAND_OFF_REUSED');
  });

  test('before the thing was in these hands deviates', () => {
    const received = item({ heldSince: addMinutes(NOW, -10) });
    const early = release(received, nurse, {}, undefined, addMinutes(NOW, -13));
    expect(deviated(early)).toEqual(['BEFORE_ITS_SUBJECT']);
    const clocksDiffer = release(received, nurse, {}, undefined, addMinutes(NOW, -12));
    expect(deviated(clocksDiffer)).toEqual([]);
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

  test('of a product that came back says so by itself, whatever was said when it was given away', () => {
    const vial: Item = { ...parcel, kind: 'vial', batch: 'batch-1' };
    const back = (rest: object, returned: boolean, of = vial) =>
      deviated(receive(rest, courier, releasedWith({ returned }), of));
    for (const returned of [true, false]) {
      expect(back({ returned: true }, returned)).toEqual(['RETURNED']);
      expect(back({}, returned)).toEqual([]);
      expect(back({ returned: false }, returned)).toEqual([]);
    }
    expect(back({ returned: true }, true, parcel)).toEqual([]);
    const decision = receive({ returned: true }, courier, underWay, vial);
    expect(handOffIn(decision)?.receipts).toMatchObject([{ returned: true }]);
    expect(itemIn(decision)).toMatchObject({
      ...{ custody: 'in-custody', holder: { organisation: 'CourierMSP' } },
      blockers: [{ code: 'RETURNED', since: NOW }],
    });
  });

  test('that says of itself once more that it is of what came back is another one', () => {
    const [before] = handOffIn(receive({}, courier, underWay, parcel))?.receipts ?? [];
    if (!before) throw new Error('no receipt');
    const handOff = { ...underWay, receipts: [before] };
    expect(receive({}, courier, handOff).effect).toBe('none');
    expect(receive({ returned: true }, courier, handOff).effect).not.toBe('none');
  });

  test('that is misdelivered to whom it was addressed leaves it with them, until quality permits it or it goes on', () => {
    const decision = receive({ verdict: 'misdelivered' });
    expect(itemIn(decision)).toMatchObject({
      ...{ holder: { organisation: 'CourierMSP' }, custody: 'in-custody' },
      ...{ handOff: { verdict: 'misdelivered' }, blockers: [{ code: 'MISDELIVERED' }] },
    });
    expect(deviated(decision)).toEqual(['MISDELIVERED']);
  });

  test('that is misdelivered to somebody else makes the receiver its finder, and the holder stays', () => {
    const lab = actor('lab.technician', 'LabMSP', 'lab');
    const decision = receive({ verdict: 'misdelivered' }, lab);
    expect(itemIn(decision)).toMatchObject({
      ...{ holder: { organisation: 'HospitalMSP' }, foundBy: { organisation: 'LabMSP' } },
      ...{ custody: 'in-transit', handOff: { verdict: 'pending' } },
    });
    expect(deviated(decision)).toEqual(['WRONG_RECEIVER', 'MISDELIVERED']);
  });

  test.each([
    ['receiver', 'CourierMSP'],
    ['releaser', 'HospitalMSP'],
  ])('that is rejected, and stays with the %s, leaves the item with %s', (heldBy, organisation) => {
    const decision = receive({ verdict: 'rejected', heldBy });
    const after = itemIn(decision);
    expect(after).toMatchObject({
      ...{ holder: { organisation }, custody: 'in-custody', handOff: { verdict: 'rejected' } },
    });
    expect(deviated(decision)).toEqual(['DELIVERY_REJECTED']);
    const by = heldBy === 'receiver' ? courier : nurse;
    const sent = release(after ?? item(), by, { handOff: 'back', to: 'LabMSP' });
    expect(deviated(sent)).toEqual([]);
    expect(itemIn(sent)).toMatchObject({ custody: 'in-transit' });
  });

  test('that is rejected says in whose hands the delivery stayed, and no other does', () => {
    const says = (rest: object) => receiveItem.body.safeParse({ ...RECEIPT, ...rest }).success;
    expect(says({ verdict: 'rejected' })).toBe(false);
    expect(says({ verdict: 'rejected', heldBy: 'releaser' })).toBe(true);
    expect(says({ heldBy: 'releaser' })).toBe(false);
  });

  test('names the seals in whichever order', () => {
    const both = ['SEAL-0001', 'SEAL-0002'];
    const sealed = releasedWith({ seals: both });
    expect(deviated(receive({ seals: [...both].reverse() }, courier, sealed))).toEqual([]);
    expect(deviated(receive({ seals: ['SEAL-0001'] }, courier, sealed))).toEqual(['SEAL_MISMATCH']);
  });

  test('three days before its release deviates', () => {
    const early = receive({}, courier, underWay, parcel, addMinutes(NOW, -3 * 24 * 60));
    expect(deviated(early)).toEqual(['RECEIPT_BEFORE_RELEASE']);
  });

  test('told again by the same person in the same words is nothing new', () => {
    const again = receive({}, courier, handOffIn(receive()));
    expect(again).toMatchObject({ changes: [], deviations: [], effect: 'none' });
  });

  test.each([
    [{ seals: ['SEAL-0002'] }, 'SEAL_MISMATCH'],
    [{ seals: [] }, 'SEAL_MISMATCH'],
    [{ condition: 'leaking' }, 'NOT_INTACT'],
  ])('with %j deviates', (rest, code) => {
    expect(deviated(receive(rest))).toEqual([code]);
  });

  test('by another member than it was sent to deviates', () => {
    expect(deviated(receive({}, lab))).toEqual(['WRONG_RECEIVER']);
  });

  test('by another than it was sent to finds it, who may hand it on or back and nowhere else', () => {
    const found = itemIn(receive({}, lab));
    expect(found).toMatchObject({
      ...{ custody: 'in-transit', holder: { organisation: 'HospitalMSP' } },
      ...{ foundBy: { organisation: 'LabMSP' }, handOff: { verdict: 'pending' } },
    });
    const thing = found ?? item();
    for (const to of ['CourierMSP', 'HospitalMSP']) {
      const sent = release(thing, lab, { handOff: 'hand-off-2', to });
      expect(deviated(sent)).toEqual([]);
      expect(itemIn(sent)).toMatchObject({ handOff: { id: 'hand-off-2', from: 'LabMSP', to } });
    }
    const elsewhere = release(thing, lab, { handOff: 'hand-off-2', to: 'ManufacturerMSP' });
    expect(deviated(elsewhere)).toEqual(['RECEIVER_NOT_A_PARTY', 'NOT_ON_OR_BACK'].reverse());
    expect(itemIn(elsewhere)).toMatchObject({ handOff: { id: 'hand-off-1' } });
  });

  test('by whom it was sent to after another had it makes them the holder, and contradicts nothing', () => {
    const first = receive({}, lab);
    const [found, handOff] = [itemIn(first), handOffIn(first)];
    const decision = receive({}, courier, handOff, found);
    expect(deviated(decision)).toEqual([]);
    expect(itemIn(decision)).toMatchObject({ holder: { organisation: 'CourierMSP' } });
    expect(itemIn(decision)).not.toHaveProperty('foundBy');
  });

  test('by another than it was sent to, who let the bearer take it back, moves nothing', () => {
    const decision = receive({ verdict: 'rejected', heldBy: 'releaser' }, lab);
    expect(itemIn(decision)).toMatchObject({
      custody: 'in-transit',
      handOff: { verdict: 'pending' },
    });
    expect(itemIn(decision)).not.toHaveProperty('foundBy');
  });

  test('of another thing under the same hand-off is no repetition', () => {
    const other = { ...parcel, id: din(2) };
    const again = receive({}, courier, handOffIn(receive()), other);
    expect(deviated(again)).toEqual(['UNKNOWN_HAND_OFF', 'LABEL_MISMATCH']);
  });

  test('by the very person who released it deviates', () => {
    expect(deviated(receive({}, nurse))).toEqual(['WRONG_RECEIVER', 'SAME_PERSON']);
  });

  test('by the natural person who released it under another name deviates, and by another does not', () => {
    const person = 'p'.repeat(42) + 'A';
    const released = handOffIn(release(item(), nurse, {}, undefined, NOW, NO_USE, { person }));
    expect(released?.release?.by).toMatchObject({ actor: nurse.id, person });
    const by = (of: string) =>
      deviated(receive({}, courier, released, parcel, NOW, { person: of }));
    expect(by(person)).toEqual(['SAME_PERSON']);
    expect(by('q'.repeat(42) + 'A')).toEqual([]);
  });

  test('that contradicts another is kept beside it', () => {
    const decision = receive({ condition: 'unknown' }, courier, handOffIn(receive()));
    expect(deviated(decision)).toEqual(['CONTRADICTING_RECEIPT', 'NOT_INTACT']);
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

  test('of what nobody released, or of another item’s hand-off, deviates and makes nobody the holder', () => {
    const others = { ...underWay, item: din(2) };
    for (const handOff of [unreleased, others]) {
      const decision = receive({}, courier, handOff, item());
      expect(deviated(decision)).toEqual(['UNKNOWN_HAND_OFF']);
      expect(itemIn(decision)).toMatchObject({
        ...{ holder: { organisation: 'HospitalMSP' }, foundBy: { organisation: 'CourierMSP' } },
      });
    }
  });

  test('of what was released under another therapy makes its addressee the holder, and is looked at (B1)', () => {
    const decision = receive({}, courier, unreleased, parcel);
    expect(deviated(decision)).toEqual(['UNKNOWN_HAND_OFF']);
    expect(itemIn(decision)).toMatchObject({
      ...{ holder: { organisation: 'CourierMSP' }, custody: 'in-custody' },
      handOff: { id: 'hand-off-1', verdict: 'accepted' },
    });
    const nobody = receive({}, lab, unreleased, parcel);
    expect(itemIn(nobody)).toMatchObject({
      ...{ holder: { organisation: 'HospitalMSP' }, custody: 'in-transit' },
    });
  });
});
