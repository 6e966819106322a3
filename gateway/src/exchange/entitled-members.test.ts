import { beforeEach, describe, expect, test } from '@jest/globals';
import { sealAnnex } from '@veinledger/client';
import { type Invocation, LedgerError } from '@veinledger/ledger';
import { EntitledMembers } from './entitled-members.js';

const { digest } = sealAnnex({ results: [{ check: 'rin', value: 7.8 }] });
const PARTIES = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP'];
const record = {
  scope: { kind: 'therapy', id: 'H1234269000015' },
  organisation: 'LabMSP',
  annex: { results: digest },
};

/** by transaction: what the ledger answers, or by which code it refuses */
let answers: Record<string, object | string>;
const ledger = {
  evaluate: ({ function: transaction }: Invocation) => {
    const answer = answers[transaction];
    return typeof answer === 'object'
      ? Promise.resolve(JSON.stringify(answer))
      : Promise.reject(new LedgerError('contract', `${answer ?? ''}: refused {}`));
  },
};
const reader = () => ({ mspId: 'LabMSP', certificate: '', privateKey: '' });
const entitled = (asked = digest) => new EntitledMembers(ledger, reader).entitled('c', asked);
const members = (standings: Readonly<Record<string, string>> = {}, auditing = '') =>
  PARTIES.map((id) => ({
    ...{ id, standing: standings[id] ?? 'active' },
    grantable: id === auditing ? ['auditor'] : ['quality'],
  }));

beforeEach(() => {
  answers = {
    'audit:ReadCommand': record,
    'therapy:Read': { parties: PARTIES },
    'registry:ListOrganisations': members(),
  };
});

describe('the members to whom an annex belongs', () => {
  test('are the parties of its therapy, and none for a command that commits to another annex', async () => {
    expect(await entitled()).toEqual(PARTIES);
    expect(await entitled(sealAnnex('another').digest)).toEqual([]);
  });

  test('are of a therapy that this member has left those who take part now, as its own blocks say', async () => {
    answers['therapy:Read'] = 'NOT_ENTITLED';
    answers['registry:ListOrganisations'] = members({ ManufacturerMSP: 'left' });
    const coi = 'H1234269000015';
    const byBlocks = {
      origins: () => Promise.resolve([{ commandId: 'c', organisation: 'LabMSP', coi }]),
      parties: () => Promise.resolve(['HospitalMSP', 'ManufacturerMSP']),
    };
    const left = new EntitledMembers(ledger, reader, byBlocks);
    expect(await left.entitled('c', digest)).toEqual(['HospitalMSP']);
    answers['audit:ReadCommand'] = 'NOT_ENTITLED';
    expect(await left.entitled('c', digest)).toEqual(['HospitalMSP']);
    expect(await left.entitled('another', digest)).toEqual([]);
    answers['audit:ReadCommand'] = record;
    answers['therapy:Read'] = 'UNKNOWN_ORGANISATION';
    expect(await left.entitled('c', digest)).toEqual([]);
  });

  test('are not those that have left; who is suspended still reads', async () => {
    answers['registry:ListOrganisations'] = members({
      LabMSP: 'left',
      ManufacturerMSP: 'suspended',
    });
    expect(await entitled()).toEqual(['HospitalMSP', 'ManufacturerMSP']);
    answers['audit:ReadCommand'] = { ...record, scope: { kind: 'lot', id: 'l' } };
    expect(await entitled()).toEqual([]);
  });

  test('are of a printed name whose staff it names, and who audits', async () => {
    answers['audit:ReadCommand'] = {
      ...record,
      type: 'registry:EnrolActor',
      scope: { kind: 'consortium', id: 'consortium' },
    };
    answers['registry:ListOrganisations'] = members({}, 'HospitalMSP');
    expect(await entitled()).toEqual(['LabMSP', 'HospitalMSP']);
  });

  test('is who asked, of an order that was refused and left no therapy', async () => {
    answers['therapy:Read'] = 'UNKNOWN_COI';
    expect(await entitled()).toEqual(['LabMSP']);
  });

  test('are given it, where emergency access admits a physician of theirs, as long as it is open', async () => {
    const members = [...PARTIES, 'ElsewhereMSP', 'FarMSP'];
    answers['registry:ListOrganisations'] = members.map((id) => ({
      ...{ id, standing: 'active', grantable: ['clinician'] },
    }));
    const until = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    answers['therapy:Read'] = {
      parties: PARTIES,
      admitted: [
        { organisation: 'ElsewhereMSP', until: until(5) },
        { organisation: 'FarMSP', until: until(-5) },
      ],
    };
    expect(await entitled()).toEqual(PARTIES);
    const givenNow = await new EntitledMembers(ledger, reader).givenNow('c', digest);
    expect(givenNow).toEqual([...PARTIES, 'ElsewhereMSP']);
  });

  test('are of an arm the parties that may have an unblinded group, and who assigned it', async () => {
    const outsiders = ['ElsewhereMSP', 'FarMSP'];
    answers['audit:ReadCommand'] = { ...record, type: 'therapy:AssignArm' };
    answers['registry:ListOrganisations'] = [...PARTIES, ...outsiders].map((id) => ({
      ...{ id, standing: 'active' },
      grantable: id === 'HospitalMSP' ? ['clinician'] : ['pharmacist'],
    }));
    const therapy = { parties: PARTIES, arm: { unblindedGroup: ['pharmacist'] } };
    answers['therapy:Read'] = therapy;
    expect(await entitled()).toEqual(['LabMSP', 'ManufacturerMSP']);
    answers['therapy:Read'] = { parties: PARTIES };
    expect(await entitled()).toEqual(['LabMSP']);
    const until = new Date(Date.now() + 300_000).toISOString();
    answers['therapy:Read'] = {
      ...therapy,
      admitted: [{ organisation: 'FarMSP', until }],
      unblinded: [{ organisation: 'HospitalMSP' }, { organisation: 'ElsewhereMSP' }],
    };
    const givenNow = await new EntitledMembers(ledger, reader).givenNow('c', digest);
    expect(givenNow).toEqual(['LabMSP', 'ManufacturerMSP', 'HospitalMSP']);
    expect(await entitled()).toEqual(['LabMSP', 'ManufacturerMSP']);
    answers['therapy:Read'] = 'NOT_ENTITLED';
    expect(await entitled()).toEqual(['LabMSP']);
  });

  test('are of an arm nobody by the blocks alone, of a therapy that this member has left', async () => {
    answers['audit:ReadCommand'] = 'NOT_ENTITLED';
    const asked = (ofArm: object) =>
      new EntitledMembers(ledger, reader, {
        origins: () =>
          Promise.resolve([
            { commandId: 'c', organisation: 'LabMSP', coi: 'H1234269000015', ...ofArm },
          ]),
        parties: () => Promise.resolve(PARTIES),
      }).entitled('c', digest);
    expect(await asked({})).toEqual(PARTIES);
    expect(await asked({ ofArm: true })).toEqual([]);
  });

  test('are the parties by the blocks, of what own people said of a therapy in which they take no part', async () => {
    answers['therapy:Read'] = 'NOT_ENTITLED';
    const byBlocks = {
      origins: () => Promise.resolve([]),
      parties: () => Promise.resolve(PARTIES.slice(1)),
    };
    const asked = new EntitledMembers(ledger, reader, byBlocks);
    expect(await asked.entitled('c', digest)).toEqual(['LabMSP', 'ManufacturerMSP']);
    answers['audit:ReadCommand'] = { ...record, organisation: 'HospitalMSP' };
    expect(await asked.entitled('c', digest)).toEqual([]);
  });

  test('are nobody where the ledger does not tell this member, and not known where it fails', async () => {
    for (const told of ['audit:ReadCommand', 'therapy:Read', 'registry:ListOrganisations']) {
      for (const code of ['NOT_ENTITLED', 'UNKNOWN_ORGANISATION']) {
        const before = answers;
        answers = { ...answers, [told]: code };
        expect([told, code, await entitled()]).toEqual([told, code, []]);
        answers = before;
      }
    }
    answers['therapy:Read'] = 'STATE_CORRUPT';
    await expect(entitled()).rejects.toThrow('STATE_CORRUPT');
  });
});
