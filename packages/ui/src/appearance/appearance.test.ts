import { act, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { currentLanguage } from '../i18n';
import { applyAppearance, rememberedAppearance, useIsDark, useIsLargeType } from './index';

const { dataset } = document.documentElement;

afterEach(() => {
  applyAppearance({ language: 'zh', largeType: false, theme: 'system' });
  localStorage.clear();
});

describe('the look of the page', () => {
  it('follows the account: language, large type and theme', () => {
    applyAppearance({ language: 'en', largeType: true, theme: 'dark' });
    expect([dataset['theme'], dataset['type'], currentLanguage()]).toEqual(['dark', 'large', 'en']);
    applyAppearance({ language: 'zh', largeType: false, theme: 'system' });
    expect([dataset['theme'], dataset['type'], currentLanguage()]).toEqual([undefined, undefined, 'zh']);
  });

  it('is remembered on the device, and broken memory does no harm', () => {
    applyAppearance({ language: 'en', largeType: true, theme: 'light' });
    expect(rememberedAppearance()).toEqual({ language: 'en', largeType: true, theme: 'light' });
    localStorage.setItem('cadre:appearance', '{"theme":"pink"');
    expect(rememberedAppearance()).toEqual({ language: 'zh', largeType: false, theme: 'system' });
  });

  it('tells those who draw without CSS variables', async () => {
    const { result } = renderHook(() => [useIsDark(), useIsLargeType()]);
    expect(result.current).toEqual([false, false]);
    await act(async () => {
      applyAppearance({ language: 'zh', largeType: true, theme: 'dark' });
      await Promise.resolve();
    });
    expect(result.current).toEqual([true, true]);
  });
});
