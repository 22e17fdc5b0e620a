import { describe, expect, it } from 'vitest';
import { contrastRatio } from './contrast';
import { tokensCss } from './tokens-css';
import { colourPairs, palettes } from './tokens';

describe('contrast', () => {
  it('knows the ends of the scale and a published value between them', () => {
    expect(contrastRatio('#000000', '#FFFFFF')).toBe(21);
    expect(contrastRatio('#777777', '#777777')).toBe(1);
    expect(contrastRatio('#767676', '#FFFFFF')).toBeCloseTo(4.54, 2);
  });
});

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  it.each(colourPairs)('keeps $colour on $on clear enough for a $use', ({ use, on, colour }) => {
    const palette = palettes[theme];
    expect(contrastRatio(palette[colour], palette[on])).toBeGreaterThanOrEqual(use === 'text' ? 4.5 : 3);
  });
});

describe('tokens.css', () => {
  it('is what tokens.ts says', async () => {
    await expect(tokensCss()).toMatchFileSnapshot('./tokens.css');
  });
});
