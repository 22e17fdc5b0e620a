import { useEffect, useEffectEvent, useState } from 'react';

/** How long the reader may pause while typing before the server is asked, in ms. */
const TYPING_PAUSE = 250;

/** What is typed into a search box; `type` takes what is in it now, `ask` asks at once. */
interface TypedSearch {
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly ask: () => void;
}

/** A search that asks when the typing pauses, at once on Enter or when cleared. `value` is what was asked last, by whomever. */
export function useTypedSearch(value: string, onSearch: (text: string) => void): TypedSearch {
  const [typed, setTyped] = useState(value);
  const [asked, setAsked] = useState(value);
  // Somebody else (a saved view, the way back) changed the search: show that.
  if (value !== asked) {
    setAsked(value);
    setTyped(value);
  }
  const askFor = (text: string): void => {
    if (text === asked) return;
    setAsked(text);
    onSearch(text);
  };
  const ask = (): void => askFor(typed.trim());
  const askTyped = useEffectEvent(ask);
  useEffect(() => {
    const timer = setTimeout(() => askTyped(), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return {
    typed,
    type: (text) => {
      setTyped(text);
      if (text === '') askFor('');
    },
    ask,
  };
}
