import { expect, test } from '@jest/globals';
import { differences, packagesIn } from './siblings.js';

test('the packages that a source imports are named once each way of importing', () => {
  const source = `
    import { a } from '@veinledger/network/profile';
    import type { B } from '@veinledger/cli';
    export * from 'zod';
    import './own.js';
    import { c } from '#scripts';
    const d = await import('jose');
    // import '@veinledger/gateway';
  `;
  expect(packagesIn(source)).toEqual(['@veinledger/network', '@veinledger/cli', 'zod', 'jose']);
});

test('a sibling that is imported and not named is told, and so is one that is named and not imported', () => {
  const siblings = new Set(['@veinledger/cli', '@veinledger/domain', '@veinledger/network']);
  const named = new Set(['@veinledger/cli', '@veinledger/domain', 'zod']);
  const imported = new Set(['@veinledger/domain', '@veinledger/network', 'jose']);
  expect(differences(siblings, named, imported)).toEqual([
    'package.json: expected nothing of @veinledger/cli, which nothing imports, found it named',
    'package.json: expected @veinledger/network, which is imported, found nothing of it',
  ]);
  expect(differences(siblings, named, named)).toEqual([]);
});
