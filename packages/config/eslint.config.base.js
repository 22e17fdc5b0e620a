// The one lint set of the workspace. `eslint.config.js` of each package is a line that calls it.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Type-checked rules for a package; `kind` says where its code runs: 'pure' (domain: no I/O, no clock), 'node' or 'browser'. */
export function packageConfig({ root, kind }) {
  return tseslint.config(
    { ignores: ['dist/**', 'coverage/**', '*.config.js', 'test/golden/**'] },
    js.configs.recommended,
    ...tseslint.configs.recommendedTypeChecked,
    {
      files: ['**/*.{ts,tsx}'],
      languageOptions: {
        parserOptions: { projectService: true, tsconfigRootDir: root },
        globals: kind === 'browser' ? globals.browser : kind === 'node' ? globals.node : {},
      },
      rules: {
        '@typescript-eslint/no-floating-promises': 'error',
        '@typescript-eslint/no-misused-promises': 'error',
        '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
        '@typescript-eslint/consistent-type-imports': 'error',
        '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
        '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
        '@typescript-eslint/require-await': 'off',
        'no-console': 'error',
        eqeqeq: 'error',
      },
    },
    kind === 'pure'
      ? {
          files: ['src/**/*.ts'],
          rules: {
            'no-restricted-syntax': [
              'error',
              { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Time is a parameter: pass a clock.' },
              { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is a parameter: pass a clock.' },
              { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Randomness is a parameter.' },
            ],
          },
        }
      : {},
    kind === 'browser' ? { files: ['**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] } : {},
    { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked, languageOptions: { globals: globals.node } },
    { files: ['**/{bin,scripts,bench}/**', '**/cli.ts'], rules: { 'no-console': 'off' } },
    prettier,
  );
}
