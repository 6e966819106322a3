import { describe, expect, test } from '@jest/globals';
import { NetworkError } from '../errors.js';
import { planNetwork } from '../plan/index.js';
import { loadProfile } from '../profile/index.js';
import { sendToOrderer } from './ordering.js';

const shipped = await loadProfile();
const ORDERING = ['hospital', 'payer', 'lab', 'regulator'];
const members = shipped.members.map((each) => ({ ...each, orderer: ORDERING.includes(each.id) }));
const profile = { ...shipped, members, portBase: 20_000 };
const plan = planNetwork(profile, '/nowhere');
const DOWN = new NetworkError('COMMAND_FAILED', 'orderer client failed to connect to it');

/** Sends for a member while some members' ordering nodes do not take anything. */
async function sendFor(id: string, refusing: Readonly<Record<string, NetworkError>>) {
  const [channel] = plan.channels;
  const peer = plan.peers.find(({ member }) => member.id === id);
  if (channel === undefined || peer === undefined) throw new Error(`expected a peer of ${id}`);
  const asked: string[] = [];
  const send = ([, endpoint]: readonly string[]) => {
    const node = channel.orderers.find(({ host, ports }) => `${host}:${ports.client}` === endpoint);
    const owner = node?.member.id ?? 'nobody';
    asked.push(owner);
    const error = refusing[owner];
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  };
  const sent = sendToOrderer({ what: 'the approval', channel, peer, send });
  return {
    asked,
    error: await sent.then(
      () => undefined,
      (error: unknown) => error,
    ),
  };
}

describe('what a member has ordered', () => {
  test('is sent to its own ordering node, and to no other when that takes it', async () => {
    expect(await sendFor('lab', {})).toEqual({ asked: ['lab'], error: undefined });
  });

  test('is sent to the others, in turn, when its own does not take it or it has none', async () => {
    const down = { lab: DOWN, hospital: DOWN };
    expect((await sendFor('lab', down)).asked.slice(0, 2)).toEqual(['lab', 'hospital']);
    const { asked, error } = await sendFor('manufacturer', down);
    const others = plan.orderers.map(({ member }) => member.id);
    expect(error).toBeUndefined();
    expect(asked).toEqual(others.slice(0, asked.length));
    expect(down).not.toHaveProperty(asked.at(-1) ?? '');
  });

  test.each([
    'got unexpected status: BAD_REQUEST -- channel does not exist',
    'got unexpected status: BAD_REQUEST -- channel creation request not allowed because the orderer system channel is not defined',
    'got unexpected status: SERVICE_UNAVAILABLE -- no Raft leader',
    'timed out waiting for txid on all peers',
  ])('is sent to the next while one cannot order it yet: %s', async (words) => {
    const notYet = { lab: new NetworkError('COMMAND_FAILED', words) };
    expect(await sendFor('lab', notYet)).toEqual({ asked: ['lab', 'hospital'], error: undefined });
  });

  const STRANGER = new NetworkError(
    'COMMAND_FAILED',
    "got unexpected status: FORBIDDEN -- this policy requires 1 of the 'Writers' sub-policies to be satisfied",
  );

  test('is sent to the next while one has not come to the block that admits its organisation', async () => {
    const asked = ['hospital', 'lab'];
    const behind = { hospital: STRANGER };
    expect(await sendFor('manufacturer', behind)).toEqual({ asked, error: undefined });
    const others = Object.fromEntries(ORDERING.map((id) => [id, id === 'lab' ? DOWN : STRANGER]));
    expect((await sendFor('manufacturer', others)).error).toMatchObject({ code: 'NODE_FAILED' });
  });

  test('is refused when every ordering node refuses its organisation', async () => {
    const strangers = Object.fromEntries(ORDERING.map((id) => [id, STRANGER]));
    expect((await sendFor('manufacturer', strangers)).error).toBe(STRANGER);
  });

  test('is told with every ordering node that was asked when none took it', async () => {
    const down = Object.fromEntries(ORDERING.map((id) => [id, DOWN]));
    const { error } = await sendFor('manufacturer', down);
    const nodes = plan.orderers.map(
      ({ name, host, ports }) => `${name} at ${host}:${ports.client}`,
    );
    expect(nodes).toHaveLength(4);
    expect(error).toMatchObject({
      message: `NODE_FAILED: programme: the approval was not taken by ${nodes.join(', ')}`,
      cause: DOWN,
    });
  });

  test('is sent to no other when it was refused for what it is', async () => {
    const invalid = new NetworkError('COMMAND_FAILED', 'requested sequence is 1');
    expect(await sendFor('lab', { lab: invalid })).toEqual({ asked: ['lab'], error: invalid });
  });
});
