import { fileURLToPath } from 'node:url';
import { addressOf, mutatedText } from './domain-files.js';
import { mutantOf } from './index.js';

/** What of Jest's transform options is read here: https://jestjs.io/docs/code-transformation */
interface Options {
  readonly transformerConfig: { readonly mutant: string };
}

/** A Jest transformer that changes the file of one mutant and leaves every other as it is. */
export default {
  process(code: string, path: string, { transformerConfig }: Options): { code: string } {
    const mutant = mutantOf(transformerConfig.mutant);
    return { code: fileURLToPath(addressOf(mutant)) === path ? mutatedText(mutant) : code };
  },
};
