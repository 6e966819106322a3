import { describe, expect, test } from '@jest/globals';
import { Challenges } from './challenges.js';

describe('a challenge for a passkey', () => {
  test('that is answered too late is told when its time ended, and what time it is', () => {
    const clock = { now: Date.parse('2026-11-22T13:07:00.000Z') };
    const challenges = new Challenges('network', () => clock.now);
    const { challenge } = challenges.set('lab.technician', { purpose: 'unlock' });
    clock.now += 150_000;
    challenges.set('lab.assistant', { purpose: 'unlock' });
    const answered = () => {
      try {
        return challenges.take('lab.technician', challenge, { purpose: 'unlock' });
      } catch (error) {
        return error;
      }
    };
    expect(answered()).toMatchObject({
      details: {
        status: 403,
        code: 'CHALLENGE_EXPIRED',
        expected: 'an answer before 2026-11-22T13:09:00.000Z',
        found: '2026-11-22T13:09:30.000Z',
      },
    });
    expect(answered()).toMatchObject({ details: { code: 'CHALLENGE_UNKNOWN' } });
  });
});
