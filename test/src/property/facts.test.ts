import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Committed,
  type Submitter,
  type Person,
  type SignedMessage,
  TherapyJourney,
} from '#scripts';
import { isTangible, stateOf } from '@veinledger/domain';
import type { MemorySubmitter } from '../support/memory.js';
import { custody } from './disturbances.js';
import { type Played, playTwo, toTheSamples } from './played.js';

const RUNS = 60;

interface Sent {
  readonly person: Person;
  readonly message: SignedMessage;
  readonly committed: Committed;
}

/** A submitter that remembers what was handed in and what was answered. */
class RememberingSubmitter implements Submitter {
  readonly network: string;
  readonly sent: Sent[] = [];
  readonly #submitter: MemorySubmitter;

  constructor(submitter: MemorySubmitter) {
    this.#submitter = submitter;
    this.network = submitter.network;
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const committed = await this.#submitter.submit(person, message);
    this.sent.push({ person, message, committed });
    return committed;
  }
}

describe('whatever is reported, in whatever order', () => {
  let ordered: MemorySubmitter;
  let journeys: Played['journeys'];

  beforeAll(async () => {
    ({ submitter: ordered, journeys } = await playTwo(toTheSamples));
  });

  /** Plays random custody on a copy of the ledger and gives what was sent and what it left. */
  async function play(
    sequence: readonly { play: (a: TherapyJourney, b: TherapyJourney) => Promise<unknown> }[],
  ) {
    const submitter = ordered.fork();
    const remembering = new RememberingSubmitter(submitter);
    const [journey, other] = journeys.map(
      ({ cast, patient }, index) =>
        new TherapyJourney({ submitter: remembering, cast, patient, serial: index + 1 }),
    );
    if (!journey || !other) throw new Error('two therapies were ordered');
    for (const each of sequence) await each.play(journey, other);
    return { submitter, sent: remembering.sent };
  }

  const sequences = fc.array(custody, { minLength: 1, maxLength: 12 });

  it('no fact is lost: each is recorded, found by its id and by its actor', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const { submitter, sent } = await play(sequence);
        expect(sent).toHaveLength(sequence.length);
        for (const { committed, person } of sent) {
          const { receipt } = committed;
          expect(receipt).toMatchObject({ kind: 'fact', decision: 'recorded', reasons: [] });
          const { commandId } = receipt;
          expect(submitter.all('record')).toContainEqual(receipt);
          expect(
            submitter.all('command').filter((each) => each.commandId === commandId),
          ).toHaveLength(1);
          expect(submitter.all('signature')).toContainEqual(
            expect.objectContaining({ commandId, actor: person.id }),
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('an item has one holder, which changes only to whom it was given, by their receipt', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const { submitter, sent } = await play(sequence);
        const again = ordered.fork();
        const holders = () =>
          new Map(again.all('item').map(({ id, holder }) => [id, holder.organisation]));
        const given = new Set<string>();
        for (const { person, message } of sent) {
          const before = holders();
          await again.submit(person, message);
          const { item, to } = bodyOf(message);
          if (message.type === 'custody:ReleaseItem') given.add(JSON.stringify([item, to]));
          const moved = [...holders()].filter(
            ([id, holder]) => before.has(id) && before.get(id) !== holder,
          );
          for (const [id, holder] of moved) {
            expect([id, holder]).toEqual([item, person.organisation]);
            expect(message.type).toBe('custody:ReceiveItem');
            expect(given).toContain(JSON.stringify([item, holder]));
          }
        }
        const played = submitter.all('item').map(({ id, holder }) => [id, holder.organisation]);
        expect([...holders()].sort()).toEqual(played.sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('what deviated is quarantined, and nothing quarantined looks usable', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const { submitter } = await play(sequence);
        for (const deviation of submitter.all('deviation')) {
          for (const { ref: subject } of deviation.subjects) {
            if (subject.kind !== 'item') continue;
            const item = submitter.all('item').find(({ id }) => id === subject.id);
            expect(item?.blockers.map(({ id }) => id)).toContain(deviation.id);
            if (item && isTangible(item)) expect(stateOf(item)).toBe('quarantined');
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('the same commands again give the same receipts and change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const { submitter, sent } = await play(sequence);
        const before = new Map(submitter.state);
        for (const { person, message, committed } of sent) {
          const again = await submitter.submit(person, message);
          expect(again.receipt).toEqual(committed.receipt);
        }
        expect(new Map(submitter.state)).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });
});

/** What a message says of an item. */
function bodyOf({ jws }: SignedMessage) {
  const { payload } = JSON.parse(jws) as { payload: string };
  const { body } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    body: { item?: string; to?: string; verdict?: string };
  };
  return body;
}
