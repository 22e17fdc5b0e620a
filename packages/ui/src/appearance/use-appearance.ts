import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-type'] });
  dark.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', listener);
  };
}

/** Whether the page is dark now: by the person's choice, else by the system's. For what cannot use CSS variables. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => {
    const chosen = document.documentElement.dataset['theme'];
    return chosen === undefined
      ? window.matchMedia('(prefers-color-scheme: dark)').matches
      : chosen === 'dark';
  });
}

/** Whether 大字版 is on. */
export function useIsLargeType(): boolean {
  return useSyncExternalStore(subscribe, () => document.documentElement.dataset['type'] === 'large');
}
