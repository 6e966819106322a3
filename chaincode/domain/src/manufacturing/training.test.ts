import { describe, expect, test } from '@jest/globals';
import { DIGEST, NOW, signed, step } from '../example.fixture.js';
import type { Training } from '../nouns/training.js';
import { addMinutes } from '../values/time.js';
import { lackOfTraining, readTraining } from './training.js';

const asking = step('only', { trained: true });
const training: Training = {
  noun: 'training',
  ...{ actor: 'lab.technician', process: 'example', version: '1.0' },
  ...{ step: 'only', from: addMinutes(NOW, -60), until: addMinutes(NOW, 60) },
  evidence: DIGEST,
  recorded: signed('lab.quality'),
};
const now = { done: NOW, said: NOW };

describe('the training for a step', () => {
  test('is asked for only where the step asks for it', async () => {
    const get = () => Promise.reject(new Error('nothing is read'));
    await expect(
      readTraining({ get }, { id: 'example', version: '1.0' }, step('only'), 'lab.technician'),
    ).resolves.toBeUndefined();
    expect(lackOfTraining(step('only'), undefined, now)).toBeUndefined();
    expect(lackOfTraining(asking, undefined, now)).toMatchObject({ code: 'NOT_TRAINED' });
    expect(lackOfTraining(asking, training, now)).toBeUndefined();
  });

  test('that has ended is named with its end, the end itself not being of it', () => {
    expect(lackOfTraining(asking, { ...training, until: NOW }, now)).toEqual({
      code: 'TRAINING_EXPIRED',
      expected: `a training that ends after ${NOW}`,
      found: `ended ${NOW}`,
    });
  });

  test('does not reach back before it began, nor does an early word make it last', () => {
    const done = addMinutes(NOW, -61);
    expect(lackOfTraining(asking, training, { done, said: NOW })).toMatchObject({
      code: 'NOT_TRAINED',
      found: `begins ${training.from}`,
    });
    const later = { done: NOW, said: addMinutes(NOW, 60) };
    expect(lackOfTraining(asking, training, later)).toMatchObject({ code: 'TRAINING_EXPIRED' });
  });
});
