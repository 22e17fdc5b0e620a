import { databaseTests } from '@cadre/config/vitest';

export default databaseTests();
