import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { gatewayBench, type GatewayBench } from '../gateway/gateway.fixture.js';
import { readDeployFile } from '../support/deploy-files.js';

/** A metric, without the parts that Prometheus makes of a histogram. */
const NAME = /\b(?:veinledger|process|nodejs)_[a-z0-9_]+\b/g;
const PARTS = /_(?:bucket|count|sum)$/;
const TYPE = /^# TYPE (\S+)/gm;
const EXPRESSION = /^\s*expr:[\s\S]*?(?=^\s*(?:for|labels):)/gm;
const ALERT = /^\s*- alert: (\S+)$/gm;

/** Exported only where members exchange annexes and hand each other revocation lists: watch-revocations.ts. */
const OF_EXCHANGES = 'veinledger_exchange_crl_next_update_seconds';

const namesIn = (text: string) => new Set(text.match(NAME));
const matchesOf = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

/** A section of the guide, up to the next one. */
function section(guide: string, title: string): string {
  return guide.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
}

const dashboard = z.looseObject({
  panels: z.array(
    z.looseObject({
      type: z.string(),
      targets: z.array(z.looseObject({ expr: z.string() })).optional(),
    }),
  ),
});

let bench: GatewayBench;
let exported: ReadonlySet<string>;
let guide: string;
let rules: string;
let expressions: string;

beforeAll(async () => {
  bench = await gatewayBench({ management: { port: 0 } });
  const metrics = await fetch(`${bench.gateway.managementUrl ?? ''}/metrics`);
  exported = new Set([...matchesOf(await metrics.text(), TYPE), OF_EXCHANGES]);
  guide = await readFile(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  rules = await readDeployFile('prometheus/veinledger.rules.yml');
  expressions = (rules.match(EXPRESSION) ?? []).join('\n');
});
afterAll(() => bench.close());

/** The metrics that a text names and no gateway exports. */
function unknownIn(text: string): readonly string[] {
  return [...namesIn(text)].filter(
    (name) => !exported.has(name) && !exported.has(name.replace(PARTS, '')),
  );
}

describe('what is watched', () => {
  test('by alerts is exported by a gateway', () => {
    expect(namesIn(expressions).size).toBeGreaterThan(15);
    expect(unknownIn(expressions)).toEqual([]);
  });

  test('on the dashboard is exported by a gateway', async () => {
    const { panels } = dashboard.parse(JSON.parse(await readDeployFile('grafana/veinledger.json')));
    const shown = panels.filter(({ type }) => type !== 'row').map(({ targets = [] }) => targets);
    expect(shown.filter((targets) => targets.length === 0)).toEqual([]);
    const asked = shown.flat().map(({ expr }) => expr);
    expect(unknownIn(asked.join('\n'))).toEqual([]);
  });

  test('is every metric of its own that a gateway exports, each with an alert', () => {
    const own = [...exported].filter((name) => name.startsWith('veinledger_'));
    const watched = new Set([...namesIn(expressions)].map((name) => name.replace(PARTS, '')));
    expect(own.filter((name) => !watched.has(name))).toEqual([]);
  });

  test('is told in the guide: each metric, and what each alert means', () => {
    const own = [...exported].filter((name) => name.startsWith('veinledger_')).sort();
    const listed = [...namesIn(section(guide, 'The management listener'))];
    expect(listed.filter((name) => name.startsWith('veinledger_')).sort()).toEqual(own);
    const told = matchesOf(section(guide, 'What to watch'), /^\| `(Veinledger\w+)`/gm);
    expect(told.sort()).toEqual(matchesOf(rules, ALERT).sort());
  });
});
