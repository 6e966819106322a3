import { COMMANDS } from '@veinledger/domain';
import { describe, expect, test } from '@jest/globals';
import { parametersOf } from './command-parameters.js';
import { COMMAND_ROUTES } from './command-table.js';

describe('the routes of commands', () => {
  test('take every type of command, each type once and each path once', () => {
    expect(COMMAND_ROUTES.map(({ type }) => type).sort()).toEqual(
      COMMANDS.map(({ type }) => type).sort(),
    );
    expect(new Set(COMMAND_ROUTES.map(({ path }) => path)).size).toBe(COMMAND_ROUTES.length);
  });

  test('repeat the signer in the path where a person speaks for themselves, and else what the body names', () => {
    const ofSigner = COMMAND_ROUTES.flatMap(({ type, parameters }) =>
      Object.entries(parameters)
        .filter(([, { field }]) => field === 'actor')
        .map(([name]) => [type, name]),
    );
    expect(ofSigner).toEqual([
      ['registry:RotateKeys', 'actor'],
      ['registry:StateRecipient', 'actor'],
      ['consent:GiveConsent', 'patient'],
      ['consent:DeferConsent', 'patient'],
      ['consent:RenewConsent', 'patient'],
      ['consent:RestrictConsent', 'patient'],
      ['consent:ReportPressure', 'patient'],
      ['consent:RefuseConsent', 'patient'],
      ['consent:WithdrawConsent', 'patient'],
    ]);
    expect(parametersOf('consent:RequestConsent', '/v1/{patient}/{purpose}')).toMatchObject({
      patient: { field: 'body.patient' },
      purpose: { field: 'body.purpose' },
    });
  });

  test('repeat nothing that is not signed', () => {
    expect(() => parametersOf('custody:ReleaseItem', '/v1/therapies/{coi}/{itm}')).toThrow(
      '/v1/therapies/{coi}/{itm}: expected a member of the body of custody:ReleaseItem, found {itm}',
    );
  });
});
