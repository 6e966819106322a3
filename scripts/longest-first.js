import TestSequencer from '@jest/test-sequencer';
import { secondsOf } from './dist/suites/long-suites.js';

/**
 * Has jest run the longest suites first, so that none is left alone at the end: by how long each took on this machine,
 * else by what is known of it.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const known = super.sort(tests).map((test) => ({
      test,
      seconds: test.duration === undefined ? secondsOf(test.path) : test.duration / 1000,
    }));
    return known.sort((one, other) => other.seconds - one.seconds).map(({ test }) => test);
  }
}
