import { describe, expect, test } from '@jest/globals';
import { parseCommandLine } from './cli-options.js';

describe('the command line of the network', () => {
  test('needs nothing but what to do', () => {
    expect(parseCommandLine(['up'])).toEqual({
      action: 'up',
      home: '.veinledger/network',
      profile: undefined,
      root: undefined,
      chaincode: undefined,
      portBase: undefined,
      purge: false,
    });
  });

  test('takes a home folder and a first port', () => {
    const request = parseCommandLine(['up', '--home', '/tmp/n', '--port-base', '0']);
    expect(request).toMatchObject({ home: '/tmp/n', portBase: 0 });
  });

  test('shows its help whatever else is asked', () => {
    expect(parseCommandLine(['--help']).action).toBe('help');
    expect(parseCommandLine(['down', '--help']).action).toBe('help');
  });

  test.each([
    [[], 'expected up, status or down, found nothing'],
    [['restart'], 'expected up, status or down, found restart'],
    [['up', 'down'], 'expected up, status or down, found up down'],
    [['up', '--port-base', '80'], "--port-base: expected 0 or 1024 to 65000, found '80'"],
    [['up', '--docker'], "Unknown option '--docker'"],
  ])('%j is refused', (args, why) => expect(() => parseCommandLine(args)).toThrow(why));
});
