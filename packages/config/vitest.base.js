import { defineConfig } from 'vitest/config';

/**
 * The test settings of a package. No retries, no forgotten `.only`, and a run without a test is a failure.
 * @param {import('vitest/config').TestUserConfig} [own] what the package adds or overrides
 */
export function packageTests(own = {}) {
  return defineConfig({
    test: {
      include: ['{src,test}/**/*.test.{ts,tsx}'],
      passWithNoTests: false,
      allowOnly: false,
      retry: 0,
      maxWorkers: 2,
      unstubEnvs: true,
      restoreMocks: true,
      ...own,
    },
  });
}
