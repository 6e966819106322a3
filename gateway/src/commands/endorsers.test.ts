import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Envelope } from '@veinledger/domain';
import { type Invocation, LedgerError } from '@veinledger/ledger';
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
const refusal = (code: string) => new LedgerError('contract', `${code}: refused {}`);

/** what the ledger answers who asks for the therapy */
let therapy: readonly string[] | Error;
/** by the gateway's own reading of the blocks */
let byBlocks: readonly string[] | undefined;
let left: string;
beforeEach(() => {
  byBlocks = undefined;
  left = '';
});

const ledger = {
  evaluate: ({ function: transaction }: Invocation) => {
    if (transaction === 'registry:ListOrganisations') {
      const standingOf = (id: string) => (id === left ? 'left' : 'active');
      const members = [...rule.organisations, 'CourierMSP', 'PayerMSP'];
      return Promise.resolve(
        JSON.stringify(members.map((id) => ({ id, standing: standingOf(id) }))),
      );
    }
    if (therapy instanceof Error) return Promise.reject(therapy);
    return Promise.resolve(JSON.stringify({ parties: therapy }));
  },
};
const search = { ledger, rule, partiesByBlocks: () => Promise.resolve(byBlocks) };
const chosenFor = (command: ReadCommand, by: string) => endorsersOf(search, command, submitter(by));

describe('the endorsers of a command with annexes', () => {
  const report = commandOf('manufacturing:ReportStep', { coi: COI });

  it('are parties of the therapy, the submitter’s own organisation first', async () => {
    therapy = ['HospitalMSP', 'CourierMSP', 'ManufacturerMSP'];
    expect(await chosenFor(report, 'ManufacturerMSP')).toEqual(['ManufacturerMSP', 'HospitalMSP']);
  });

  it('are all parties that run a peer, so that another one can be asked when one is down', async () => {
    therapy = [...rule.organisations, 'CourierMSP'];
    expect(await chosenFor(report, 'CourierMSP')).toEqual(rule.organisations);
  });

  it('are never outsiders: too few parties with a peer is an error', async () => {
    therapy = ['HospitalMSP', 'CourierMSP'];
    await expect(chosenFor(report, 'HospitalMSP')).rejects.toMatchObject({
      details: { code: 'ENDORSERS_MISSING', found: '1' },
    });
  });

  it('are no party that has left', async () => {
    therapy = rule.organisations;
    left = 'ManufacturerMSP';
    expect(await chosenFor(report, 'HospitalMSP')).toEqual(['HospitalMSP', 'LabMSP']);
    therapy = ['HospitalMSP', 'ManufacturerMSP'];
    await expect(chosenFor(report, 'HospitalMSP')).rejects.toMatchObject({
      details: { code: 'ENDORSERS_MISSING' },
    });
  });

  it('are the parties where an outsider reports, who is not told which they are', async () => {
    therapy = refusal('NOT_ENTITLED');
    byBlocks = ['HospitalMSP', 'LabMSP'];
    expect(await chosenFor(report, 'PayerMSP')).toEqual(['HospitalMSP', 'LabMSP']);
    expect(await chosenFor(report, 'ManufacturerMSP')).toEqual(['HospitalMSP', 'LabMSP']);
    byBlocks = undefined;
    await expect(chosenFor(report, 'PayerMSP')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each(['UNKNOWN_COI', 'UNKNOWN_ORGANISATION', 'SCHEMA_VIOLATION'])(
    'are nobody where the ledger answers %s to who asks for the parties: nothing is sent',
    async (code) => {
      therapy = refusal(code);
      byBlocks = rule.organisations;
      await expect(chosenFor(report, 'HospitalMSP')).rejects.toThrow(code);
    },
  );

  it('of an order are among the parties that it names', async () => {
    therapy = refusal('UNKNOWN_COI');
    const order = commandOf('therapy:OrderTherapy', {
      coi: COI,
      parties: ['LabMSP', 'HospitalMSP'],
    });
    expect(await chosenFor(order, 'HospitalMSP')).toEqual(['HospitalMSP', 'LabMSP']);
  });
});
