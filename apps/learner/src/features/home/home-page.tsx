import { useNow } from '@cadre/client/clock';
import { useMe } from '@cadre/client/session';
import { formatTime, useFormat } from '@cadre/ui/format';
import { EmptyState, Page, Section } from '@cadre/ui/learner';
import { CalendarDays } from 'lucide-react';
import { homeWords } from './home.words';

/** 上午好 until noon, 下午好 until six, then 晚上好, by the server's clock. */
export function dayPartOf(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(formatTime(now).slice(0, 2));
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
}

export function HomePage() {
  const say = homeWords.use();
  const format = useFormat();
  const now = useNow(60_000);
  const { person } = useMe();
  return (
    <Page title={say(`greeting.${dayPartOf(now)}`, { name: person.name })} lead={format.weekday(now)}>
      <Section title={say('today')}>
        <EmptyState icon={CalendarDays} title={say('empty')}>
          {say('emptyText')}
        </EmptyState>
      </Section>
    </Page>
  );
}
