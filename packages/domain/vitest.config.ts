import { packageTests } from '@cadre/config/vitest';

/**
 * Credits decide careers: hardly a line of what reckons them may run in no test.
 */
export default packageTests({
  coverage: {
    provider: 'v8',
    include: ['src/credit/**/*.ts'],
    reporter: [['text', { skipFull: true }]],
    reportsDirectory: 'node_modules/.coverage',
    thresholds: { lines: 98, branches: 95 },
  },
});
