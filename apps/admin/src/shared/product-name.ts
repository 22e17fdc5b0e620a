import type { Language } from '@cadre/ui/i18n';

/** The name of the product, as it stands on the first page. */
export const productName: Readonly<Record<Language, string>> = {
  zh: '干部教育联盟培训平台 · 管理',
  en: 'Cadre Alliance Training Platform · Admin',
};
