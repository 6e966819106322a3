import type { Role } from '@veinledger/domain';
import { faultsOfChecks } from './checks.js';
import { faultsOfDisposal } from './disposal.js';
import type { Fault } from './fault.js';
import { faultsOfFlow } from './flow.js';
import { faultsOfWords } from './patient-words.js';
import { faultsOfPeople } from './people.js';
import { faultsOfProduct } from './product.js';
import { shapeOf } from './shape.js';

/** What a definition is held against, besides itself. */
export interface LintOptions {
  /** every role that some member may grant */
  readonly grantable: readonly Role[];
  /** what stands in the files of its words for patients, by language */
  readonly words: ReadonlyMap<string, unknown>;
}

/** Everything that is wrong with a process definition; while it has not the shape of one, only that. */
export function lintProcess(raw: unknown, { grantable, words }: LintOptions): readonly Fault[] {
  const shape = shapeOf(raw);
  if ('faults' in shape) return shape.faults;
  const { definition } = shape;
  return [
    ...faultsOfFlow(definition),
    ...faultsOfChecks(definition),
    ...faultsOfPeople(definition, grantable),
    ...faultsOfProduct(definition),
    ...faultsOfDisposal(definition),
    ...faultsOfWords(definition, words),
  ];
}
