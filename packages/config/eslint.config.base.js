// The one lint set of the workspace. `eslint.config.js` of each package is a line that calls it.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.{ts,tsx}'];
const JAVASCRIPT = ['**/*.{js,mjs,cjs}'];

/** Domain and demonstration data get the time and every random choice as a parameter. */
const PURE = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Time is a parameter: pass a clock.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time is a parameter: pass a clock.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'Time is a parameter: pass a clock.' },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Randomness is a parameter.',
  },
];

/** @type {Readonly<Record<'pure' | 'node' | 'browser', import('eslint').Linter.Globals>>} */
const GLOBALS = { pure: {}, node: globals.node, browser: globals.browser };

/**
 * Type-checked rules for one package.
 * @param {{ root: string, kind: 'pure' | 'node' | 'browser' }} where its folder, and where its code runs: `pure` means no I/O and no clock
 */
export function packageConfig({ root, kind }) {
  return defineConfig(
    globalIgnores(['dist/', 'coverage/', 'test/golden/']),
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },
    js.configs.recommended,
    {
      files: TYPESCRIPT,
      extends: [tseslint.configs.recommendedTypeChecked],
      languageOptions: {
        parserOptions: { projectService: true, tsconfigRootDir: root },
        globals: GLOBALS[kind],
      },
      rules: {
        '@typescript-eslint/switch-exhaustiveness-check': [
          'error',
          { considerDefaultExhaustiveForUnions: true },
        ],
        '@typescript-eslint/consistent-type-imports': 'error',
        '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
        '@typescript-eslint/restrict-template-expressions': [
          'error',
          { allowNumber: true, allowBoolean: true },
        ],
        '@typescript-eslint/require-await': 'off',
        'no-console': 'error',
        eqeqeq: 'error',
      },
    },
    kind === 'pure' ? { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...PURE] } } : {},
    kind === 'browser' ? { files: TYPESCRIPT, extends: [reactHooks.configs.flat['recommended-latest']] } : {},
    // Settings of tools stay out of a package's program: they would bring Node's types into it.
    { files: ['*.config.ts'], extends: [tseslint.configs.disableTypeChecked] },
    { files: JAVASCRIPT, languageOptions: { globals: globals.node }, rules: { eqeqeq: 'error' } },
    { files: ['**/{bin,scripts,bench}/**', '**/cli.ts'], rules: { 'no-console': 'off' } },
    prettier,
  );
}
