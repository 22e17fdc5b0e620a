import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { creditWords } from './credit.words';

/** The two sides of the area: what people have, and the rules that make it. */
export function CreditTabs({ at }: { readonly at: 'people' | 'regulations' }) {
  const say = creditWords.use();
  const navigate = useNavigate();
  return (
    <Segmented
      aria-label={say('tabs.label')}
      value={at}
      options={[
        { value: 'people', label: say('tabs.people') },
        { value: 'regulations', label: say('tabs.regulations') },
      ]}
      onChange={(next) => void navigate({ to: next === 'people' ? '/credit' : '/credit/regulations' })}
    />
  );
}
