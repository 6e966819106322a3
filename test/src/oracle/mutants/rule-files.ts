import type { Mutant } from './mutant.js';

const COMPARED = 'gates/second-collection.test.js';
const EXCEPTION = 'care/exception.test.js';
const GOING_ON = 'care/decide-to-go-on.test.js';
const LINEAGE = 'gates/lineage.test.js';
const OPEN_TESTS = 'gates/open-tests.test.js';
const OVERRIDDEN = 'care/override-dose.test.js';
const PASSED = 'care/given-by-pass.test.js';
const RETESTED = 'gates/retest.test.js';
const CONTROL = 'gates/control.test.js';
const RUNS = 'gates/failed-runs.test.js';
const LAPSED = 'graph/lapsed.test.js';

/** Every file of rules, with those of the domain's tests that ask it; both below the domain's compiled files. */
export const RULE_FILES: Readonly<Record<string, readonly string[]>> = {
  'gates/alarms.js': ['gates/alarms.test.js', 'gates/irreversible.test.js'],
  'gates/bedside.js': ['gates/bedside.test.js', OVERRIDDEN],
  'gates/blocks.js': ['gates/blocks.test.js', GOING_ON, EXCEPTION],
  'gates/chain.js': ['gates/chain.test.js'],
  'gates/consent.js': ['gates/consent.test.js'],
  'gates/containers.js': ['gates/containers.test.js', LINEAGE, OPEN_TESTS, GOING_ON],
  'gates/custody.js': ['gates/custody.test.js'],
  'gates/decided.js': [GOING_ON],
  'gates/evidence.js': ['gates/evidence.test.js', RETESTED, CONTROL, RUNS],
  'gates/exception.js': [EXCEPTION],
  'gates/irreversible.js': [
    'gates/irreversible.test.js',
    GOING_ON,
    'custody/produce.test.js',
    EXCEPTION,
  ],
  'gates/leaves.js': ['gates/leaves.test.js'],
  'gates/lineage.js': [LINEAGE],
  'gates/order-line.js': ['gates/order-line.test.js', 'therapy/order-line.test.js'],
  'gates/override.js': [OVERRIDDEN],
  'gates/pass.js': [PASSED],
  'gates/process-path.js': ['gates/process-path.test.js', COMPARED, LINEAGE],
  'gates/product.js': ['gates/product.test.js', LINEAGE, PASSED],
  'gates/reach.js': ['gates/blocks.test.js'],
  'gates/second-collection.js': [COMPARED],
  'graph/ancestry.js': [COMPARED, 'gates/leaves.test.js'],
  'graph/compared.js': ['gates/leads-on.test.js'],
  'graph/earlier-record.js': [COMPARED, 'manufacturing/decide-report.test.js'],
  'graph/evidence.js': ['gates/evidence.test.js', RETESTED, CONTROL],
  'graph/failed-check.js': [LAPSED, 'manufacturing/record-disposition.test.js'],
  'graph/failed-runs.js': [RUNS, 'manufacturing/record-disposition.test.js'],
  'graph/lapsed.js': [LAPSED],
  'graph/links.js': ['graph/links.test.js', 'graph/upstream.test.js'],
  'graph/makers.js': ['graph/makers.test.js'],
  'graph/process-kinds.js': ['graph/process-kinds.test.js', LINEAGE],
  'graph/results.js': [
    'gates/evidence.test.js',
    RETESTED,
    CONTROL,
    'manufacturing/verdict.test.js',
  ],
  'graph/retest.js': ['graph/retest.test.js', RETESTED, CONTROL, 'quality/investigation.test.js'],
  'graph/set-aside.js': [LAPSED],
  'graph/statements.js': ['graph/statements.test.js'],
  'graph/top-up.js': ['graph/top-up.test.js', CONTROL, RUNS, LAPSED],
  'graph/upstream.js': ['graph/upstream.test.js'],
  'graph/whole-therapy.js': ['graph/whole-therapy.test.js'],
  'graph/whole.js': ['graph/whole-therapy.test.js'],
  'standing/alarms.js': [
    'standing/alarms.test.js',
    'gates/alarms.test.js',
    'manufacturing/early-words.test.js',
  ],
  'standing/claim.js': ['standing/claim.test.js'],
  'standing/custody.js': ['standing/people.test.js'],
  'standing/halt.js': ['therapy/halt.test.js'],
  'standing/hold.js': ['standing/people.test.js'],
  'standing/people.js': ['standing/people.test.js'],
  'standing/refuse.js': ['standing/people.test.js'],
};

/** The domain's tests that may notice a mutant, below the domain's compiled files. */
export function testsOf({ file, tests }: Mutant): readonly string[] {
  return tests ?? RULE_FILES[file] ?? [];
}
