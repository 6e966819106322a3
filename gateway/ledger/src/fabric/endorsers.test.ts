import { describe, expect, test } from '@jest/globals';
import { EndorserSets, Standing } from './endorsers.js';

const untroubled = () => 0;

describe('the organisations that are asked to endorse', () => {
  test('are as many as must, those in front first', () => {
    const sets = new EndorserSets(['LabMSP', 'HospitalMSP', 'ManufacturerMSP'], 2);
    expect(sets.choose(untroubled)).toEqual(['LabMSP', 'HospitalMSP']);
  });

  test('are all that there are where these are too few', () => {
    expect(new EndorserSets(['LabMSP'], 2).choose(untroubled)).toEqual(['LabMSP']);
  });

  test('are others while one of them does not answer', () => {
    const sets = new EndorserSets(['LabMSP', 'HospitalMSP', 'ManufacturerMSP'], 2);
    const standing = new Standing();
    standing.unanswered(['HospitalMSP']);
    const troubled = (mspId: string) => standing.troubleOf(mspId);
    expect(sets.choose(troubled)).toEqual(['LabMSP', 'ManufacturerMSP']);
    standing.unanswered(['LabMSP', 'ManufacturerMSP']);
    expect(sets.choose(troubled)).toEqual(['LabMSP', 'HospitalMSP']);
    standing.unanswered(['HospitalMSP']);
    expect(sets.choose(troubled)).toEqual(['LabMSP', 'ManufacturerMSP']);
    standing.agreed(['LabMSP', 'HospitalMSP']);
    expect(sets.choose(troubled)).toEqual(['LabMSP', 'HospitalMSP']);
  });

  test('are every other set before those who differed, and who is odd is known when some agree', () => {
    const sets = new EndorserSets(['LabMSP', 'HospitalMSP', 'ManufacturerMSP'], 2);
    sets.differed(sets.choose(untroubled));
    sets.differed(sets.choose(untroubled));
    const agreed = sets.choose(untroubled);
    expect(agreed).toEqual(['HospitalMSP', 'ManufacturerMSP']);
    expect(sets.oddBeside(agreed)).toEqual(['LabMSP']);
  });

  test('begin anew when every set differed', () => {
    const sets = new EndorserSets(['LabMSP', 'HospitalMSP'], 2);
    sets.differed(sets.choose(untroubled));
    expect(sets.choose(untroubled)).toEqual(['LabMSP', 'HospitalMSP']);
  });
});
