import { describe, expect, it } from '@jest/globals';
import type { Envelope } from '@veinledger/chaincode/domain';
import { scriptedLedger } from '../gateway.fixture.js';
import { type Ledger, LedgerError } from '../ledger/port.js';
import { commandType } from './command-types.js';
import { endorsersOf } from './endorsers.js';
import type { ReadCommand } from './read-command.js';

const COI = 'H1234269000015';
const rule = { organisations: ['HospitalMSP', 'LabMSP', 'ManufacturerMSP'], needed: 2 };
const submitter = (mspId: string) => ({ mspId, certificate: '', privateKey: '' });

function commandOf(type: string, body: Record<string, unknown>): ReadCommand {
  const known = commandType(type);
  if (!known) throw new Error(`no command ${type}`);
  const envelope: Envelope = { v: 1, network: '', type, actor: 'a', at: '', nonce: '', body };
  return { id: 'id', type: known, envelope, ...(body['coi'] === undefined ? {} : { coi: COI }) };
}

/** A ledger that answers who a therapy's parties are, or that it does not tell. */
function ledgerOf(parties: readonly string[] | undefined): Ledger {
  return scriptedLedger({
    evaluate: () =>
      parties
        ? Promise.resolve(JSON.stringify({ parties }))
        : Promise.reject(new LedgerError('contract', 'NOT_ENTITLED: parties only {}')),
  });
}

describe('the endorsers of a command with annexes', () => {
  const report = commandOf('manufacturing:ReportStep', { coi: COI });

  it('are parties of the therapy, the submitter’s own organisation first', async () => {
    const ledger = ledgerOf(['HospitalMSP', 'CourierMSP', 'ManufacturerMSP']);
    const chosen = await endorsersOf(ledger, report, submitter('ManufacturerMSP'), rule);
    expect(chosen).toEqual(['ManufacturerMSP', 'HospitalMSP']);
  });

  it('are all parties that run a peer, so that another one can be asked when one is down', async () => {
    const chosen = await endorsersOf(
      ledgerOf([...rule.organisations, 'CourierMSP']),
      report,
      submitter('CourierMSP'),
      rule,
    );
    expect(chosen).toEqual(rule.organisations);
  });

  it('are never outsiders: too few parties with a peer is an error', async () => {
    const ledger = ledgerOf(['HospitalMSP', 'CourierMSP']);
    const chosen = endorsersOf(ledger, report, submitter('HospitalMSP'), rule);
    await expect(chosen).rejects.toMatchObject({
      details: { code: 'ENDORSERS_MISSING', found: 'HospitalMSP' },
    });
  });

  it('are left to the ledger where an outsider reports', async () => {
    const chosen = await endorsersOf(ledgerOf(undefined), report, submitter('PayerMSP'), rule);
    expect(chosen).toBeUndefined();
  });

  it('of an order are among the parties that it names', async () => {
    const order = commandOf('therapy:OrderTherapy', {
      coi: COI,
      parties: ['LabMSP', 'HospitalMSP'],
    });
    const chosen = await endorsersOf(ledgerOf(undefined), order, submitter('HospitalMSP'), rule);
    expect(chosen).toEqual(['HospitalMSP', 'LabMSP']);
  });
});
