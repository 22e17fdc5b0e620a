import { packageTests } from '@cadre/config/vitest';

export default packageTests({
  environment: 'happy-dom',
  setupFiles: ['./src/testing/setup.ts'],
});
