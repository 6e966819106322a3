import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const deterministic = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'chaincode reads no clock: use the transaction time.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'chaincode reads no clock: use the transaction time.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'chaincode uses no randomness: endorsements would differ.',
  },
  {
    selector: 'MemberExpression[property.name=/^(localeCompare|toLocale.*)$/]',
    message: 'chaincode knows no locale: endorsements would differ.',
  },
];

/** A list that is joined into one text may be the text of another list: what is remembered of it would be the other's. */
const unambiguous = [
  {
    selector:
      'CallExpression[callee.property.name=/^(get|set|has|add|delete|update)$/] > TemplateLiteral.arguments[expressions.length>1]',
    message: 'two texts make no key: use JSON.stringify([one, two]), or a map in a map.',
  },
  {
    selector:
      "CallExpression[callee.property.name=/^(get|set|has|add|delete|update)$/] > CallExpression.arguments[callee.property.name='join']",
    message: 'a joined list makes no key: use JSON.stringify of the list.',
  },
  {
    selector: 'BinaryExpression[operator=/^[!=]==$/] > CallExpression[callee.property.name="join"]',
    message: 'joined lists may be equal where the lists are not: compare JSON.stringify of them.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', 'gateway/web/site/**', '**/node_modules/**', '.veinledger/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true }],
      // an interface that extends what a schema infers keeps its name in declarations, which a type alias would not
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...unambiguous] },
  },
  {
    files: ['chaincode/**/*.ts'],
    ignores: ['chaincode/**/*.test.ts', 'chaincode/src/contracts/endorser-clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...unambiguous, ...deterministic] },
  },
  {
    files: ['chaincode/domain/src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['gateway/web/public/sw.js'],
    languageOptions: {
      globals: { self: 'readonly', caches: 'readonly', fetch: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
      },
    },
  },
);
