import { describe, expect, test } from '@jest/globals';
import { type JwsAlgorithm, JWS_ALGORITHMS } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { holdersBy } from '../auth/lasting-grant.js';
import { clinician, root } from '../gateway.fixture.js';
import { TICKET_LIFETIME_MS, TraceTickets } from './trace-tickets.js';

const COI = 'G123417654321A';
const [registrar] = root.organisations;
const keys = registrar?.registrar.keys ?? clinician.keys.public;
const nurse: Caller = { id: 'hospital.nurse', organisation: 'HospitalMSP', roles: ['nurse'], keys };
const calling: Caller = { ...nurse, algorithm: 'EdDSA' };
const other: Caller = { ...calling, id: 'hospital.second-nurse' };

function ticketsOf(known: () => Caller | undefined = () => nurse) {
  const clock = { now: 1_000_000 };
  const members = { required: JWS_ALGORITHMS as readonly JwsAlgorithm[] };
  const directory = { find: () => Promise.resolve(known()) };
  const holderOf = holdersBy(directory, () => Promise.resolve(members.required));
  return { clock, members, tickets: new TraceTickets(holderOf, () => clock.now) };
}

describe("a ticket for a therapy's page", () => {
  test('admits its caller to its therapy for five minutes, and not a moment longer', async () => {
    const { tickets, clock } = ticketsOf();
    const { ticket, expiresAt } = tickets.issue(calling, COI);
    expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
    expect(Date.parse(expiresAt)).toBe(clock.now + TICKET_LIFETIME_MS);
    clock.now += TICKET_LIFETIME_MS - 1;
    expect(await tickets.admit(ticket)).toEqual({ caller: nurse, coi: COI });
    clock.now += 1;
    const ended = { status: 404, code: 'TICKET_EXPIRED', expected: `a call before ${expiresAt}` };
    await expect(tickets.admit(ticket)).rejects.toMatchObject({
      details: { ...ended, found: new Date(clock.now).toISOString() },
    });
    clock.now += 60_000;
    tickets.issue(other, COI);
    await expect(tickets.admit(ticket)).rejects.toMatchObject({ details: ended });
  });

  test('admits nobody when nobody was given it', async () => {
    const { tickets } = ticketsOf();
    const { ticket } = tickets.issue(calling, COI);
    const altered = `${ticket.startsWith('A') ? 'B' : 'A'}${ticket.slice(1)}`;
    await expect(tickets.admit(altered)).rejects.toMatchObject({ details: { status: 404 } });
  });

  test.each([undefined, { ...nurse, revokedAt: '2026-11-22T13:07:00.000Z' }])(
    'admits nobody any more when its caller was revoked meanwhile',
    async (now) => {
      let known: Caller | undefined = nurse;
      const { tickets } = ticketsOf(() => known);
      const { ticket } = tickets.issue(calling, COI);
      known = now;
      await expect(tickets.admit(ticket)).rejects.toMatchObject({
        details: { code: 'TICKET_UNKNOWN' },
      });
    },
  );

  test('admits its caller in the roles under which it was issued and that they still have', async () => {
    const asEnrolled: Caller = { ...nurse, roles: ['nurse', 'courier', 'coordinator'] };
    let known = asEnrolled;
    const { tickets } = ticketsOf(() => known);
    const { ticket } = tickets.issue(
      { ...asEnrolled, algorithm: 'EdDSA', roles: ['courier', 'coordinator'] },
      COI,
    );
    expect((await tickets.admit(ticket)).caller.roles).toEqual(['courier', 'coordinator']);
    known = { ...asEnrolled, roles: ['nurse', 'courier'] };
    expect((await tickets.admit(ticket)).caller.roles).toEqual(['courier']);
    known = nurse;
    await expect(tickets.admit(ticket)).rejects.toMatchObject({
      details: { code: 'TICKET_UNKNOWN' },
    });
  });

  test('admits nobody once members sign no longer by the algorithm of the token that asked for it', async () => {
    const { tickets, members } = ticketsOf();
    const issued = (algorithm: string) => tickets.issue({ ...nurse, algorithm }, COI).ticket;
    const [ended, other] = [issued('EdDSA'), issued('ML-DSA-65')];
    members.required = ['ML-DSA-65'];
    await expect(tickets.admit(ended)).rejects.toMatchObject({
      details: { code: 'TICKET_UNKNOWN' },
    });
    expect(await tickets.admit(other)).toMatchObject({ coi: COI });
  });

  test("is ended by its caller's twentieth after it, not by other callers'", async () => {
    const { tickets } = ticketsOf();
    const first = tickets.issue(calling, COI).ticket;
    for (let count = 0; count < 30; count += 1) tickets.issue(other, COI);
    for (let count = 0; count < 19; count += 1) tickets.issue(calling, COI);
    expect(await tickets.admit(first)).toMatchObject({ coi: COI });
    tickets.issue(calling, COI);
    await expect(tickets.admit(first)).rejects.toMatchObject({ details: { status: 404 } });
  });
});
