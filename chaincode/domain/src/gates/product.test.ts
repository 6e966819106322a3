import { describe, expect, test } from '@jest/globals';
import { addMinutes, instantOf, milliseconds } from '../values/time.js';
import { din, item, NOW } from '../example.fixture.js';
import { codesOf, honest, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { reasonsOfProduct } from './product.js';

const { dose, vials, drugSubstance } = THINGS;
const check = (story: Story, id: string = dose, at = NOW) =>
  codesOf(reasonsOfProduct(story.whole(), story.find('item', id), at));

describe('what is given to the patient', () => {
  test('is a product of the process, and no intermediate', () => {
    expect(check(honest())).toEqual([]);
    expect(check(honest(), vials[0])).toEqual([]);
    expect(check(honest(), drugSubstance)).toEqual(['WRONG_KIND']);
  });

  test('may be used until the last moment of its in-use time', () => {
    const { useBy } = honest().find('item', dose);
    if (useBy === undefined) throw new Error('the dose has no in-use time');
    expect(check(honest(), dose, instantOf(milliseconds(useBy) - 1))).toEqual([]);
    const story = honest();
    expect(reasonsOfProduct(story.whole(), story.find('item', dose), useBy)).toEqual([
      {
        code: 'EXPIRED',
        subject: `item ${dose}`,
        expected: `an expiry after ${useBy}`,
        found: useBy,
      },
    ]);
  });

  test('ends with the earliest of all that it was prepared of, two derivations away too', () => {
    const [first, between] = [vials[1], din(50)];
    const story = honest()
      .with(item({ id: between, kind: 'vial', parents: [own(first)] }))
      .change('item', dose, { parents: [own(vials[0]), own(between)] });
    expect(check(story)).toEqual([]);
    expect(check(story.change('item', first, { useBy: NOW }))).toEqual(['EXPIRED']);
  });

  test('ends with what it was prepared of, also where records go round or lead nowhere', () => {
    const prepared = honest().change('item', dose, {
      parents: [dose, din(50), vials[1]].map(own),
    });
    expect(check(prepared)).toEqual([]);
    expect(check(prepared.change('item', vials[1], { useBy: NOW }))).toEqual(['EXPIRED']);
  });

  test('does not end with what a step made it of in time', () => {
    const used = honest().change('item', drugSubstance, { useBy: addMinutes(NOW, -1440) });
    expect(check(used)).toEqual([]);
  });
});
