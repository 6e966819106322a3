import type { Mutant } from './mutant.js';

/** A1, A2, A5: where a dose comes from. */
export const CHAIN: readonly Mutant[] = [
  {
    id: 'A1 what is upstream and not on the ledger is no reason',
    file: 'gates/leaves.js',
    find: '...ancestry.missing.map(',
    replace: '...[].map(',
  },
  {
    id: 'A1 a branch may end in another patient’s thing',
    file: 'gates/leaves.js',
    find: '...ancestry.foreign.map(',
    replace: '...[].map(',
  },
  {
    id: 'A1 a branch may end in itself',
    file: 'gates/leaves.js',
    find: '...ancestry.circular.map(',
    replace: '...[].map(',
  },
  {
    id: 'A1 a branch may end in an unidentified thing',
    file: 'gates/leaves.js',
    find: "if (kind === 'unidentified')",
    replace: 'if (false)',
  },
  {
    id: 'A1 a collection need not be confirmed',
    file: 'gates/leaves.js',
    find: 'collected.confirmedBy === undefined',
    replace: 'false',
  },
  {
    id: 'A1 a branch may end in nothing',
    file: 'gates/leaves.js',
    find: 'if (parents.length > 0 || producedBy)',
    replace: 'if (true)',
  },
  {
    id: 'A1 a step may make something of nothing',
    file: 'gates/leaves.js',
    find: 'if (inputs.length > 0 || inputDatasets.length > 0 || design !== undefined)',
    replace: 'if (true)',
  },
  {
    id: 'A1 one parent is followed instead of every',
    file: 'graph/links.js',
    find: '...item.parents.map((parent)',
    replace: '...item.parents.slice(0, 1).map((parent)',
  },
  {
    id: 'A1 one input of a step is followed instead of every',
    file: 'graph/links.js',
    find: '...report.inputs.map((input)',
    replace: '...report.inputs.slice(0, 1).map((input)',
  },
  {
    id: 'A1 data is not followed to the samples',
    file: 'graph/links.js',
    find: "...report.inputDatasets.map((id) => ({ kind: 'dataset', id })),",
    replace: '',
  },
  {
    id: 'A1 a template’s design is not followed',
    file: 'graph/links.js',
    find: "...(report.design === undefined ? [] : [{ kind: 'design', id: report.design }]),",
    replace: '',
  },
  {
    id: 'A1 a design’s data is not followed',
    file: 'graph/links.js',
    find: "...design.datasets.map((id) => ({ kind: 'dataset', id })),",
    replace: '',
  },
  {
    id: 'A2 an item may be of a kind that its step does not make',
    file: 'gates/process-path.js',
    find: '...ancestry.items.flatMap((item) => reasonsOfItem(whole, item)),',
    replace: '',
  },
  {
    id: 'A2 a step may take any inputs and need no other',
    file: 'gates/process-path.js',
    find: '...ancestry.attempts.flatMap((attempt) => reasonsOfAttempt(whole, attempt)),',
    replace: '',
  },
  {
    id: 'A2 a needed step may be missing everywhere',
    file: 'gates/process-path.js',
    find: '...reasonsOfAbsence(whole, ancestry),',
    replace: '',
  },
  {
    id: 'A2 a step may take a kind that it does not name',
    file: 'gates/process-path.js',
    find: '.filter(({ kind }) => !step.inputs.includes(kind))',
    replace: '.filter(() => false)',
  },
  {
    id: 'A2 a needed step on one branch does for every branch',
    file: 'gates/process-path.js',
    find: '.filter((item) => !isBehind([linkOf(item)]))',
    replace: '.filter(() => !own.some((each) => isBehind([linkOf(each)])))',
  },
  {
    id: 'A2 one parent of the right kind does for all',
    file: 'gates/process-path.js',
    find: 'return parents.every((kind)',
    replace: 'return parents.some((kind)',
  },
  {
    id: 'A2 a design need not be approved',
    file: 'gates/process-path.js',
    find: '...(design.approved ? [] :',
    replace: '...(true ? [] :',
  },
  {
    id: 'A5 nothing need be compared',
    file: 'gates/second-collection.js',
    find: 'if (comparing.size === 0)',
    replace: 'if (true)',
  },
  {
    id: 'A5 a comparison of one collection with itself does',
    file: 'gates/second-collection.js',
    find: 'if (one.length === 0 || other.length === 0 || other.some(({ id }) => shared.has(id)))',
    replace: 'if (false)',
  },
  {
    id: 'A5 one occasion does',
    file: 'gates/second-collection.js',
    find: 'one.collected.occasion !== other.collected.occasion && ',
    replace: '',
  },
  {
    id: 'A5 one collector does',
    file: 'gates/second-collection.js',
    find: ' && collectorOf(one) !== collectorOf(other)',
    replace: '',
  },
  {
    id: 'A5 a comparison that failed does',
    file: 'gates/second-collection.js',
    find: "each.check === check && each.verdict === 'pass'",
    replace: 'each.check === check',
  },
];
