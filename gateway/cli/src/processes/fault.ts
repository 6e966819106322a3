/** What a linter has against a process definition. */
export interface Fault {
  /** the step's id; of what is about no one step, left out */
  readonly step?: string | undefined;
  readonly rule: FaultRule;
  /** what is wrong, and what belongs there */
  readonly says: string;
}

export type FaultRule =
  | 'cycle'
  | 'disposal'
  | 'gate'
  | 'late'
  | 'lineage'
  | 'marks'
  | 'nothing-feeds'
  | 'nothing-uses'
  | 'release-tests'
  | 'role'
  | 'second-collection'
  | 'shape'
  | 'temperature'
  | 'unreachable'
  | 'way-on'
  | 'words';
