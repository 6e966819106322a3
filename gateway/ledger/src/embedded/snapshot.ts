import type { ClassicLevel } from 'classic-level';

/** A view of a LevelDB as it was at one moment; close it. */
export type Snapshot = ReturnType<ClassicLevel['snapshot']>;
