import { useState } from 'react';

function read(name: string): readonly string[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : null;
  } catch {
    return null;
  }
}

/** Which columns of a table are hidden on this device; `standard` until the reader chooses. */
export function useHiddenColumns(table: string, standard: readonly string[]) {
  const name = `cadre:columns:${table}`;
  const [chosen, setChosen] = useState(() => read(name));
  return {
    hidden: chosen ?? standard,
    isChosen: chosen !== null,
    choose: (hidden: readonly string[] | null): void => {
      setChosen(hidden);
      try {
        if (hidden === null) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(hidden));
      } catch {
        // A browser that keeps nothing shows the standard columns next time.
      }
    },
  };
}
