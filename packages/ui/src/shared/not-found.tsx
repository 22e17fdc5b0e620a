import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { StateBlock } from './state-block';
import { uiWords } from './ui.words';

/** An address that leads nowhere; `home` makes the way back of the app, given its words. */
export function NotFound({ home }: { readonly home: (label: string) => ReactNode }) {
  const say = uiWords.use();
  return (
    <main>
      <StateBlock isPage icon={SearchX} title={say('notFound.title')} action={home(say('notFound.home'))}>
        {say('notFound.text')}
      </StateBlock>
    </main>
  );
}
