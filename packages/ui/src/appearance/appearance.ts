import { changeLanguage, type Language } from '../i18n';

/** How a person wants the product to look and speak; a setting of the account that both apps obey. */
export interface Appearance {
  readonly language: Language;
  /** 大字版: every size × 1.25. */
  readonly largeType: boolean;
  readonly theme: 'system' | 'light' | 'dark';
}

const memory = 'cadre:appearance';

const standard: Appearance = { language: 'zh', largeType: false, theme: 'system' };

/** Shows the page as wanted, and remembers it on this device so that the next page opens like that at once. */
export function applyAppearance(wanted: Appearance): void {
  const { dataset } = document.documentElement;
  if (wanted.theme === 'system') delete dataset['theme'];
  else dataset['theme'] = wanted.theme;
  if (wanted.largeType) dataset['type'] = 'large';
  else delete dataset['type'];
  changeLanguage(wanted.language);
  try {
    localStorage.setItem(memory, JSON.stringify(wanted));
  } catch {
    // A browser that keeps nothing (private window) opens the next page in the standard look.
  }
}

/** What this device showed last, or the standard look. */
export function rememberedAppearance(): Appearance {
  try {
    const kept = JSON.parse(localStorage.getItem(memory) ?? '{}') as Partial<Appearance>;
    return {
      language: kept.language === 'en' ? 'en' : standard.language,
      largeType: kept.largeType === true,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : standard.theme,
    };
  } catch {
    return standard;
  }
}
