export { applyAppearance, rememberedAppearance, type Appearance } from './appearance';
export { useIsDark, useIsLargeType } from './use-appearance';
