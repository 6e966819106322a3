import { describe, expect, test } from '@jest/globals';
import { loadProfile, membersOf, parseProfile, profileFile } from './index.js';

const shipped = await loadProfile();

describe('the consortium profile that ships', () => {
  test('has a peer for hospital, laboratory and manufacturer', () => {
    const withPeer = shipped.members.filter((member) => member.peer).map((member) => member.mspId);
    expect(withPeer).toEqual(['HospitalMSP', 'LabMSP', 'ManufacturerMSP']);
  });

  test('has four ordering nodes owned by four members, the regulator among them', () => {
    const owners = shipped.members.filter((member) => member.orderer).map((member) => member.id);
    expect(owners).toEqual(['hospital', 'lab', 'manufacturer', 'regulator']);
  });

  test('lets every member grant the registrar, and only the hospital a patient', () => {
    expect(shipped.members.every((member) => member.roles.includes('registrar'))).toBe(true);
    const granting = shipped.members.filter((member) => member.roles.includes('patient'));
    expect(granting.map((member) => member.id)).toEqual(['hospital']);
  });
});

describe('the other profiles that ship', () => {
  test('one has three Raft nodes', async () => {
    const raft = await loadProfile(profileFile('raft'));
    expect(raft.ordering.consensus).toBe('Raft');
    expect(raft.members.filter((member) => member.orderer)).toHaveLength(3);
  });

  test('one has two programmes with three hospitals and two laboratories, one hospital in both', async () => {
    const programmes = await loadProfile(profileFile('programmes'));
    const members = programmes.channels.map((channel) => membersOf(programmes, channel));
    const [first = [], second = []] = members.map((each) => each.map(({ id }) => id));
    expect(programmes.members.filter(({ id }) => id.startsWith('hospital'))).toHaveLength(3);
    expect(programmes.members.filter(({ id }) => id.startsWith('lab'))).toHaveLength(2);
    const both = first.filter((id) => id.startsWith('hospital') && second.includes(id));
    expect(both).toEqual(['hospital-south']);
  });
});

describe('a profile', () => {
  const refused = (change: object) => () => parseProfile({ ...shipped, ...change }, 'test');

  test('with an unknown field is refused', () => {
    expect(refused({ docker: true })).toThrow(/PROFILE_INVALID: test[^]*docker/);
  });

  test('with three ordering nodes is refused, since one fault would stop it', () => {
    const members = shipped.members.map((member) => ({
      ...member,
      orderer: member.orderer && member.id !== 'regulator',
    }));
    expect(refused({ members })).toThrow('expected at least 4 with an orderer, found 3');
  });

  test('that wants more endorsements than there are peers is refused', () => {
    const channels = [{ name: 'programme', endorsements: 4 }];
    expect(refused({ channels })).toThrow('expected at most the number of peers, 3, found 4');
  });

  test('whose channel has a member that it does not know is refused', () => {
    const channels = [{ name: 'programme', endorsements: 1, members: ['hospital', 'clinic'] }];
    expect(refused({ channels })).toThrow('expected members, found clinic');
  });

  test('that names one organisation twice is refused', () => {
    const members = [...shipped.members, ...shipped.members.slice(0, 1)];
    expect(refused({ members })).toThrow('found HospitalMSP twice');
  });

  test('that cannot be read is named', async () => {
    await expect(loadProfile('/nowhere/profile.json')).rejects.toThrow(
      'FILE_MISSING: profile /nowhere/profile.json cannot be read',
    );
  });
});
