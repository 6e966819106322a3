import { describe, expect, test } from '@jest/globals';
import { shippedProcesses } from '../development/consortium.js';
import { drawProcess } from './draw-process.js';
import { edgesOf } from './edges.js';
import { fitting, widthOf } from './text.js';

describe('the picture of a process', () => {
  test.each(shippedProcesses().map((each) => [each.id, each] as const))(
    '%s shows each step once, below what comes before it',
    (_id, definition) => {
      const svg = drawProcess(definition);
      for (const { id } of definition.steps) {
        expect(svg.split(`<g id="step-${id}">`)).toHaveLength(2);
      }
      const top = (id: string) =>
        Number(
          new RegExp(`id="step-${id}">[^]*?<rect class="[a-z]+" x="-?\\d+" y="(\\d+)"`, 'u').exec(
            svg,
          )?.[1],
        );
      for (const { from, to } of edgesOf(definition)) expect(top(from)).toBeLessThan(top(to));
    },
  );

  test('draws no way twice: what is behind a step already leads to it once', () => {
    const [definition] = shippedProcesses();
    const edges = definition ? edgesOf(definition) : [];
    expect(edges).toContainEqual({ from: 'template', to: 'transcription', kinds: ['template'] });
    expect(edges.some(({ from, to }) => from === 'fill-finish' && to === 'administration')).toBe(
      false,
    );
  });

  test('shows what patients are told, and writes no markup that stands in it', () => {
    const [definition] = shippedProcesses();
    if (!definition) throw new Error('no process ships');
    const svg = drawProcess(definition, new Map([['design', '薬の設計 <b>&']]));
    expect(svg).toContain('薬の設計 &lt;b&gt;&amp;');
  });
});

test('a text is cut where there is no room for it', () => {
  expect(fitting('short', 12, 100)).toBe('short');
  const cut = fitting('a text that is much too long for its box', 12, 100);
  expect(cut).toMatch(/^a text .*…$/u);
  expect(widthOf(cut, 12)).toBeLessThanOrEqual(100);
});
