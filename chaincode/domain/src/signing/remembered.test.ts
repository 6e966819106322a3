import { expect, test } from '@jest/globals';
import { Remembered } from './remembered.js';

function counting(capacity: number) {
  const memory = new Remembered<number | undefined>(capacity);
  const read: string[] = [];
  const of = (text: string) =>
    memory.of(text, () => {
      read.push(text);
      if (text === 'bad') throw new Error('no such text');
      return text === 'nothing' ? undefined : text.length;
    });
  return { read, of, memory };
}

test('a text is read once while it is in use', () => {
  const { read, of } = counting(2);
  expect(['a', 'bb', 'a', 'bb', 'a'].map(of)).toEqual([1, 2, 1, 2, 1]);
  expect(read).toEqual(['a', 'bb']);
});

test('the least recently used text leaves, so that the memory stays bounded', () => {
  const { read, of, memory } = counting(2);
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) of(text);
  expect(read).toEqual(['a', 'b', 'c', 'b']);
  expect(memory.size).toBe(2);
});

test('a text that says nothing is remembered as such', () => {
  const { read, of } = counting(2);
  expect([of('nothing'), of('nothing')]).toEqual([undefined, undefined]);
  expect(read).toEqual(['nothing']);
});

test('a text that cannot be read is read each time, and a long one too', () => {
  const { read, of, memory } = counting(2);
  for (const text of ['bad', 'bad']) expect(() => of(text)).toThrow('no such text');
  const long = 'x'.repeat(5000);
  expect([of(long), of(long)]).toEqual([5000, 5000]);
  expect(read).toEqual(['bad', 'bad', long, long]);
  expect(memory.size).toBe(0);
});
