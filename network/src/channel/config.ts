import { z } from 'zod';

/** A group of a channel's configuration, as configtxlator writes it. Fields that no edit touches stay as they are. */
export interface ConfigGroup {
  readonly groups: Readonly<Record<string, ConfigGroup>>;
  readonly values: Readonly<Record<string, ConfigValue>>;
  readonly policies: Readonly<Record<string, ConfigPolicy>>;
  readonly [field: string]: unknown;
}

export type ConfigPolicy = Readonly<Record<string, unknown>>;

export interface ConfigValue {
  readonly value: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** A channel's configuration; its sequence counts the changes. */
export interface ChannelConfig {
  readonly sequence: string;
  readonly channel_group: ConfigGroup;
  readonly [field: string]: unknown;
}

const group: z.ZodType<ConfigGroup> = z.lazy(() =>
  z.looseObject({
    groups: z.record(z.string(), group),
    policies: z.record(z.string(), z.looseObject({})),
    values: z.record(
      z.string(),
      z.looseObject({ value: z.record(z.string(), z.unknown()).nullish().transform(orEmpty) }),
    ),
  }),
);

function orEmpty(value: Record<string, unknown> | null | undefined): Record<string, unknown> {
  return value ?? {};
}

const config = z.looseObject({ sequence: z.string().default('0'), channel_group: group });

/** The part of a block that holds a channel's configuration. */
const configBlock = z.looseObject({
  data: z.looseObject({
    data: z.tuple([z.looseObject({ payload: z.looseObject({ data: z.looseObject({ config }) }) })]),
  }),
});

/**
 * Takes the configuration out of a block that configtxlator decoded.
 * @throws ZodError when the block holds none
 */
export function configOf(block: unknown): ChannelConfig {
  return configBlock.parse(block).data.data[0].payload.data.config;
}

/**
 * Checks a group that configtxgen printed, of an organisation to be added.
 * @throws ZodError naming each field
 */
export function parseGroup(value: unknown): ConfigGroup {
  return group.parse(value);
}
