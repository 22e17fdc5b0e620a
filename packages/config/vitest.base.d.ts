import type { TestUserConfig, ViteUserConfig } from 'vitest/config';

export declare function packageTests(own?: TestUserConfig): ViteUserConfig;
export declare function databaseTests(own?: TestUserConfig): ViteUserConfig;
