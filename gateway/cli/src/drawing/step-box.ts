import { type Check, inWords, type Step } from '@veinledger/domain';
import { escaped, fitting } from './text.js';

export const BOX_WIDTH = 300;
const LINE = 16;
const SIZE = 12;
const PAD = 12;

/** A step's box, before it has a place. */
export interface StepBox {
  readonly step: Step;
  readonly height: number;
  readonly lines: readonly string[];
}

/** @param title what the patient is told that it is, if that is to be shown */
export function boxOf(step: Step, title: string | undefined): StepBox {
  const lines = [
    ...(title === undefined ? [] : [title]),
    `day ${step.targetDay}${step.leadDays ? ` (takes ${step.leadDays})` : ''} · ${step.roles.join(', ')}`,
    ...(step.inputs.length > 0 ? [`takes ${listed(step, 'inputs')}`] : []),
    ...(step.outputs.length > 0 ? [`makes ${listed(step, 'outputs')}`] : []),
    ...(step.datasets.length > 0 ? [`gives ${listed(step, 'datasets')}`] : []),
    ...(step.checks.length > 0 ? [`checks ${step.checks.map(({ code }) => code).join(', ')}`] : []),
  ];
  return { step, lines, height: PAD * 2 + LINE * (lines.length + 1) - 4 };
}

function listed({ counts = [], ...step }: Step, of: 'inputs' | 'outputs' | 'datasets'): string {
  return step[of]
    .map((kind) => {
      const count = counts.find((each) => each.of === of && each.kind === kind);
      return count ? inWords(count) : kind;
    })
    .join(', ');
}

/** The box as SVG, its left upper corner there. */
export function drawnBox({ step, lines, height }: StepBox, x: number, y: number): string {
  const { id, number, gate, outputs, attestedBy } = step;
  const isTest = attestedBy === 'manufacturing:ReportStep' && outputs.length === 0;
  const room = BOX_WIDTH - PAD * 2;
  const heading = fitting(`${number}  ${id}`, SIZE + 1, gate === undefined ? room : room - 34);
  const text = lines.map((line, index) => {
    const top = y + PAD + LINE * (index + 1) + 11;
    return `<text x="${x + PAD}" y="${top}">${escaped(fitting(line, SIZE, room))}</text>`;
  });
  const badge =
    gate === undefined
      ? []
      : [
          `<rect class="badge" x="${x + BOX_WIDTH - 42}" y="${y + 8}" width="32" height="20" rx="10"/>`,
          `<text class="gate" x="${x + BOX_WIDTH - 26}" y="${y + 22}">${gate}</text>`,
        ];
  return [
    `<g id="step-${id}">`,
    `<title>${escaped(told(step))}</title>`,
    `<rect class="${gate === undefined ? 'step' : 'gated'}" x="${x}" y="${y}" width="${BOX_WIDTH}" height="${height}" rx="${isTest ? 14 : 4}"/>`,
    `<text class="name" x="${x + PAD}" y="${y + PAD + 11}">${escaped(heading)}</text>`,
    ...badge,
    ...text,
    '</g>',
  ].join('\n');
}

/** All that a step asks, for who points at it. */
function told(step: Step): string {
  return [
    `${step.number} ${step.id}: ${step.attestedBy}`,
    ...step.checks.map(checkInWords),
    ...(step.consents.length > 0 ? [`asks ${step.consents.join(', ')}`] : []),
    ...(step.recipients
      ? [`discloses ${(step.dataClasses ?? []).join(', ')} to ${step.recipients.join(', ')}`]
      : []),
    ...(step.release ? [`tells the patient ${releaseInWords(step.release)}`] : []),
  ].join('\n');
}

function releaseInWords(release: NonNullable<Step['release']>): string {
  switch (release.rule) {
    case 'at-once':
      return 'at once';
    case 'after-contact':
      return "after the clinician's contact";
    case 'after-days':
      return `${release.days} days after`;
  }
}

function checkInWords(check: Check): string {
  const of = `(${check.class})`;
  switch (check.kind) {
    case 'range':
      return `${check.code} ${limits(check)} ${of}`;
    case 'any-of':
      return `${check.code}: ${check.ranges.map((each) => `${each.code} ${limits(each)}`).join(' or ')} ${of}`;
    case 'conforms':
      return `${check.code} conforms ${of}`;
    case 'design-commitment':
      return `${check.code} equals the design ${of}`;
  }
}

function limits({
  unit,
  min,
  max,
}: {
  readonly unit: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}): string {
  const lower = min === undefined ? '' : `≥ ${min} `;
  const upper = max === undefined ? '' : `≤ ${max} `;
  return `${lower}${upper}${unit}`;
}
