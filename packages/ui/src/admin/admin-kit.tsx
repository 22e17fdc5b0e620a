import { ConfigProvider } from 'antd';
import enLocale from 'antd/locale/en_US';
import zhLocale from 'antd/locale/zh_CN';
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { useIsDark, useIsLargeType } from '../appearance';
import { useLanguage } from '../i18n';
import { adminTheme } from './theme';

const locales = { zh: zhLocale, en: enLocale } as const;
const stillness = '(prefers-reduced-motion: reduce)';

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(stillness);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(stillness).matches,
  );
}

/** Everything antd below it wears our tokens and speaks the reader's language. Stands once, around the app. */
export function AdminKit({ children }: { readonly children: ReactNode }) {
  const language = useLanguage();
  const dark = useIsDark();
  const largeType = useIsLargeType();
  const reducedMotion = useReducedMotion();
  const theme = useMemo(
    () => adminTheme({ theme: dark ? 'dark' : 'light', largeType, reducedMotion }),
    [dark, largeType, reducedMotion],
  );
  return (
    <ConfigProvider
      theme={theme}
      locale={locales[language]}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      componentSize="medium"
    >
      {children}
    </ConfigProvider>
  );
}
