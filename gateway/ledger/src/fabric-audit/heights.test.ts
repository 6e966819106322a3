import { describe, expect, test } from '@jest/globals';
import { heightsOf, membersBehind } from './heights.js';
import type { AuditedMember } from './member.js';

const memberWith = (name: string, height: number): AuditedMember => ({
  name,
  height: () => Promise.resolve(height),
  block: () => Promise.reject(new Error('no block is asked for')),
  state: () => {
    throw new Error('no state is asked for');
  },
});

const behind = async (...members: AuditedMember[]) => membersBehind(await heightsOf(members));

describe('a member that is behind', () => {
  test('is named with its height, and with the heights of those that have more blocks', async () => {
    const found = await behind(
      memberWith('peer.hospital', 42),
      memberWith('peer.lab', 40),
      memberWith('peer.manufacturer', 41),
    );
    expect(found).toEqual([
      {
        member: 'peer.lab',
        height: 40,
        ahead: [
          { member: 'peer.hospital', height: 42 },
          { member: 'peer.manufacturer', height: 41 },
        ],
      },
      {
        member: 'peer.manufacturer',
        height: 41,
        ahead: [{ member: 'peer.hospital', height: 42 }],
      },
    ]);
  });

  test('is nobody where all have as many', async () => {
    expect(await behind(memberWith('peer.hospital', 42), memberWith('peer.lab', 42))).toEqual([]);
  });
});
