import { useApi } from '@cadre/client/api';
import { yearName, type MyAssessment } from '@cadre/domain/assessment';
import { targetTitle } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Card, ReadingTag, Section } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { creditWords } from './credit.words';

/** 年度考核: until when something counts for the year, and after that what was frozen, with its reasons. */
export function OwnAssessment() {
  const say = creditWords.use();
  const api = useApi();
  const { data } = useQuery({
    ...api.assessment.mine.queryOptions(),
    meta: { live: ['credit:changed', 'feed:changed'], keep: true },
  });
  if (!data || data.length === 0) return null;
  return (
    <Section title={say('assessment.title')}>
      <Card>
        {data.map((own) => (
          <Year key={own.year.id} own={own} />
        ))}
      </Card>
    </Section>
  );
}

function Year({ own: { year, frozen } }: { readonly own: MyAssessment }) {
  const say = creditWords.use();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-2 p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>{format.text(yearName(year))}</span>
        {frozen?.reading && <ReadingTag reading={frozen.reading} />}
      </p>
      <p className="text-small text-pretty text-ink-2">
        {frozen
          ? say('assessment.frozen', { number: frozen.snapshotNo, when: format.moment(year.cutOffAt) })
          : say('assessment.cutOff', { when: format.moment(year.cutOffAt) })}
      </p>
      {frozen && frozen.targets.length > 0 && (
        <ul className="flex flex-col gap-2">
          {frozen.targets.map((target) => (
            <li key={`${target.target} ${target.cycle.from}`}>
              <span className="flex flex-wrap items-center justify-between gap-2">
                {format.text(targetTitle(target))}
                <ReadingTag reading={target.reading} />
              </span>
              {target.reasons.map(({ kind, sentence, clause }) => (
                <span key={`${kind} ${clause} ${sentence.zh}`} className="block text-small text-ink-2">
                  {say('assessment.reason', { sentence: format.text(sentence), clause })}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
