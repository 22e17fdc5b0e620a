import { defineConfig } from 'vitest/config';

/**
 * The test settings of a package. No retries, no forgotten `.only`, and a run without a test is a failure. No test is
 * there to be fast on a machine that has other work: a limit only decides how late a failure is told.
 * @param {import('vitest/config').TestUserConfig} [own] what the package adds or overrides
 */
export function packageTests(own = {}) {
  return defineConfig({
    test: {
      include: ['{src,test}/**/*.test.{ts,tsx}'],
      passWithNoTests: false,
      allowOnly: false,
      retry: 0,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      maxWorkers: 2,
      unstubEnvs: true,
      restoreMocks: true,
      ...own,
    },
  });
}

/**
 * The same for a package whose tests write to a database. It may be somebody's own server: making forty collections with
 * their indexes waits for its disk, and a transaction that a killed process leaves open is kept there for a minute or two.
 * @param {import('vitest/config').TestUserConfig} [own] what the package adds or overrides
 */
export function databaseTests(own = {}) {
  return packageTests({ testTimeout: 300_000, hookTimeout: 300_000, ...own });
}
