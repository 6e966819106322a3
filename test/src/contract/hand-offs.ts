import { describe, expect, it } from '@jest/globals';
import {
  enrol,
  type Message,
  openSession,
  type Person,
  send,
  signMessage,
  type TherapyJourney,
} from '#scripts';
import type { CommandRecord, Purpose } from '@veinledger/domain';
import { VALIDATION } from '@veinledger/chaincode/replay';
import { expectClean, expectPermitted } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** The most keys that a half of a hand-off may read (docs/performance.md). */
const MOST_KEYS = 8;

/** What a hand-off reads of the ledger, and what it conflicts with. */
export function handOffChapter(world: () => World): void {
  const releasing = ({ coi, things: { tumour } }: TherapyJourney): Message => ({
    type: 'custody:ReleaseItem',
    body: {
      ...{ coi, item: tumour, handOff: 'first', to: 'CourierMSP', seals: [], condition: 'intact' },
      ...{ labelRead: tumour, identityCheck: 'match' },
    },
  });
  const receiving = ({ coi, things: { tumour } }: TherapyJourney): Message => ({
    type: 'custody:ReceiveItem',
    body: {
      ...{ coi, item: tumour, handOff: 'first', verdict: 'accepted', condition: 'intact' },
      ...{ seals: [], labelRead: tumour },
    },
  });
  const withdraw = ({ patient }: TherapyJourney, purpose: Purpose) =>
    send(world().bench.submitter, patient, { type: 'consent:WithdrawConsent', body: { purpose } });
  const refuse = ({ patient }: TherapyJourney, purpose: Purpose) =>
    send(world().bench.submitter, patient, { type: 'consent:RefuseConsent', body: { purpose } });

  /** Submits a command around another one, which comes once this one ran and before it is ordered. */
  async function submitAround(by: Person, message: Message, between: () => Promise<unknown>) {
    const { ledger, submitter } = world().bench;
    const signed = await signMessage(submitter.network, by, message);
    const tries: string[] = [];
    const { result } = await ledger.submit(submitter.invocation(by, signed), {
      onPrepared: async (transactionId) => {
        if (tries.push(transactionId) === 1) await between();
      },
    });
    const found = await Promise.all(tries.map((id) => ledger.transaction(id)));
    const { deviations } = JSON.parse(result) as CommandRecord;
    return {
      codes: found.map((each) => each?.validationCode),
      deviations: deviations.map(({ code }) => code),
    };
  }

  /** The keys that a command read, and no range besides. */
  async function readBy(by: Person, message: Message): Promise<readonly string[]> {
    const { ledger, submitter } = world().bench;
    const committed = await send(submitter, by, message);
    expectClean(committed);
    const transaction = await ledger.transaction(committed.receipt.transactionId);
    expect(transaction?.rangeReads).toEqual([]);
    return transaction?.reads.map(({ key }) => key) ?? [];
  }

  describe('a hand-off', () => {
    it('reads few keys, no range and no process, however often the patient was asked', async () => {
      const journey = await world().sampledTherapy();
      const { cast } = journey;
      await journey.consent('TREATMENT_MANUFACTURE', {}, { time: 2 });
      await withdraw(journey, 'TREATMENT_MANUFACTURE');
      for (const time of [3, 4]) await journey.consent('TREATMENT_MANUFACTURE', {}, { time });
      const released = await readBy(cast.nurse, releasing(journey));
      const received = await readBy(cast.courier, receiving(journey));
      expect(Math.min(released.length, received.length)).toBeGreaterThan(0);
      expect(Math.max(released.length, received.length)).toBeLessThanOrEqual(MOST_KEYS);
      const { id, version } = journey.definition;
      const process = `\u0000process\u0000${id}\u0000${version}\u0000`;
      expect([...released, ...received]).not.toContain(process);
    });

    it('by a device reads besides its session, and who is behind it', async () => {
      const { submitter, consortium } = world().bench;
      const id = 'hospital.scanner-of-hand-offs';
      const member = { organisation: 'HospitalMSP', roles: ['nurse'] as const };
      const device = { id, ...member, roles: [...member.roles] };
      const scanner = await enrol(submitter, consortium, device, 'device');
      const journey = await world().sampledTherapy();
      const { nurse } = journey.cast;
      expectPermitted(await openSession(submitter, nurse, scanner, ['custody:ReleaseItem']));
      const read = await readBy(scanner, releasing(journey));
      const besides = [`\u0000session\u0000${id}\u0000`, `\u0000actor\u0000${nurse.id}\u0000`];
      expect(read).toEqual(expect.arrayContaining(besides));
      expect(read.length).toBeLessThanOrEqual(MOST_KEYS + 2);
    });

    it.each([
      [
        'no',
        (journey: TherapyJourney) => withdraw(journey, 'TREATMENT_MANUFACTURE'),
        ['WITHOUT_CONSENT'],
      ],
      ['new consent', consentAnew, []],
    ] as const)(
      'that the patient’s %s overtook is told anew of what stands then',
      async (_what, between, expected) => {
        const journey = await world().sampledTherapy();
        const { codes, deviations } = await submitAround(
          journey.cast.nurse,
          releasing(journey),
          () => between(journey),
        );
        expect(codes).toEqual([VALIDATION.MVCC_READ_CONFLICT, VALIDATION.VALID]);
        expect(deviations).toEqual(expected);
      },
    );

    it('that the patient’s answer to something else overtook stands as it was told', async () => {
      const journey = await world().sampledTherapy();
      const { codes } = await submitAround(journey.cast.nurse, releasing(journey), () =>
        refuse(journey, 'RESEARCH'),
      );
      expect(codes).toEqual([VALIDATION.VALID]);
    });
  });
}

function consentAnew(journey: TherapyJourney) {
  return journey.consent('TREATMENT_MANUFACTURE', {}, { time: 2 });
}
