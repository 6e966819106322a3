import { z } from 'zod';

const answer = { id: z.string(), response: z.looseObject({ clientDataJSON: z.string() }) };

/** What a page gets of `navigator.credentials.create`. */
export const registration = z.looseObject(answer);

/** What a page gets of `navigator.credentials.get`. */
export const assertion = z.looseObject({
  ...answer,
  clientExtensionResults: z.looseObject({}),
});

export type Registration = z.infer<typeof registration>;
export type Assertion = z.infer<typeof assertion>;
