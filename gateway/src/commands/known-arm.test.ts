import { expect, test } from '@jest/globals';
import { sealAnnex } from '@veinledger/client';
import { LedgerError } from '@veinledger/ledger';
import { commandType } from './command-types.js';
import { requireKnownArm } from './known-arm.js';

function typeOf(name: string) {
  const type = commandType(name);
  if (!type) throw new Error(`no type ${name}`);
  return type;
}

const blinding = { arms: ['active', 'control'], unblindedGroup: ['pharmacist'] };
const named = { id: 'p', version: '1.0' };

function check(arm: string, definition: object = { blinding }, type = 'therapy:AssignArm') {
  const read = (transaction: string) =>
    Promise.resolve(transaction === 'therapy:Read' ? { process: named } : { definition });
  const annexes = new Map([['arm', sealAnnex({ arm }).text]]);
  return requireKnownArm({ type: typeOf(type), coi: 'H1234269000015' }, annexes, read);
}

test('an arm that the process does not have is refused before anybody is told of it', async () => {
  await expect(check('active')).resolves.toBeUndefined();
  await expect(check('placebo')).rejects.toMatchObject({
    code: 'UNKNOWN_ARM',
    details: { field: 'annexes.arm', expected: 'active or control', found: 'placebo' },
  });
});

test('of a process that is not blinded, and of another command, nothing is asked', async () => {
  await expect(check('placebo', {})).resolves.toBeUndefined();
  await expect(check('placebo', { blinding }, 'care:Unblind')).resolves.toBeUndefined();
});

test('what the ledger does not tell the caller is left to the ledger, and a failure of the ledger is one', async () => {
  const annexes = new Map([['arm', sealAnnex({ arm: 'placebo' }).text]]);
  const ask = (error: Error) =>
    requireKnownArm({ type: typeOf('therapy:AssignArm'), coi: 'c' }, annexes, () =>
      Promise.reject(error),
    );
  const refused = new LedgerError('contract', 'NOT_ENTITLED: refused {}');
  await expect(ask(refused)).resolves.toBeUndefined();
  await expect(ask(new LedgerError('unavailable', 'no peer'))).rejects.toThrow('no peer');
});
