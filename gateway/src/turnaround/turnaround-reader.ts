import {
  progressOf,
  type OfPatient,
  releaseOf,
  sightOfNoun,
  type TherapyProgress,
  type Turnaround,
  type TurnaroundRelease,
  turnaroundOf,
} from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { type CallerReader, circleNow, notEntitled } from '../reads/caller-reader.js';
import type { CourseIndex, Courses } from './course-index.js';

/** How therapies stand against the target days of their processes, of those whose steps a caller is told of (H1). */
export class TurnaroundReader {
  readonly #index: Pick<CourseIndex, 'courses'>;
  readonly #reader: Pick<CallerReader, 'requireMember' | 'therapy'>;

  constructor(
    index: Pick<CourseIndex, 'courses'>,
    reader: Pick<CallerReader, 'requireMember' | 'therapy'>,
  ) {
    this.#index = index;
    this.#reader = reader;
  }

  /**
   * One therapy's steps.
   * @throws VeinledgerError NOT_ENTITLED for who is told nothing of steps; LedgerError for what the contract refuses
   */
  async therapy(caller: Caller, coi: string): Promise<TherapyProgress> {
    await this.#reader.therapy(caller, coi);
    const progress = progressIn(caller, await this.#index.courses(), now());
    const found = progress.find((each) => each.progress.coi === coi);
    if (found) return found.progress;
    throw notEntitled("not for the caller's roles", 'authorization');
  }

  /**
   * By step and organisation, over the therapies of which the caller is told.
   * @throws LedgerError for who is of no member
   */
  async turnaround(caller: Caller): Promise<Turnaround> {
    await this.#reader.requireMember(caller);
    const at = now();
    const progress = progressIn(caller, await this.#index.courses(), at);
    return turnaroundOf(
      progress.map((each) => each.progress),
      at,
    );
  }

  /**
   * What the caller may hand to analysts of that.
   * @throws LedgerError for who is of no member
   */
  async release(caller: Caller): Promise<TurnaroundRelease> {
    await this.#reader.requireMember(caller);
    return releaseOf(progressIn(caller, await this.#index.courses(), now()));
  }
}

function progressIn(caller: Caller, courses: Courses, at: string): readonly OfPatient[] {
  const told = courses.therapies.filter(
    (each) => sightOfNoun(caller, 'step', circleNow(each)) === 'whole',
  );
  return allProgress({ ...courses, therapies: told }, at);
}

/**
 * The progress of every therapy, whoever asks: for the gateway's own use.
 * @param at RFC 3339
 */
export function allProgress({ therapies, processes, members }: Courses, at: string) {
  return therapies.flatMap((course): readonly OfPatient[] => {
    const { id, version } = course.process;
    const process = processes.find((each) => each.id === id && each.version === version);
    if (!process) return [];
    return [{ patient: course.patient, progress: progressOf(course, process, members, at) }];
  });
}

const now = () => new Date().toISOString();
