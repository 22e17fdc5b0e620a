import type { Why } from '@cadre/domain/ledger';
import { formatTime, useFormat } from '@cadre/ui/format';
import { Card, FactList, Section, StateTag } from '@cadre/ui/learner';
import { CheckValue } from './check-value';
import { creditWords } from './credit.words';
import { Opening } from './opening';

/** When it was held, and when somebody checked in and out, as the room has recorded it. */
function useAttendanceFacts(attendance: Why['attendance']): { name: string; value: string }[] {
  const say = creditWords.use();
  if (!attendance) return [];
  const { held, checkedInAt, checkedOutAt, endedByClose } = attendance;
  const cameIn = checkedInAt ? formatTime(checkedInAt) : say('why.notCheckedIn');
  const left = !checkedOutAt
    ? say('why.notCheckedOut')
    : endedByClose
      ? say('why.endedByClose', { time: formatTime(checkedOutAt) })
      : formatTime(checkedOutAt);
  return [
    ...(held
      ? [{ name: say('why.held'), value: `${formatTime(held.startsAt)}–${formatTime(held.endsAt)}` }]
      : []),
    { name: say('why.checkedIn'), value: cameIn },
    ...(checkedInAt ? [{ name: say('why.checkedOut'), value: left }] : []),
  ];
}

/** What was recorded and what followed from it; a source of several items (six online courses) opens item by item. */
export function Records({ why }: { readonly why: Why }) {
  const say = creditWords.use();
  const items = [...new Set(why.facts.map(({ item }) => item))];
  const [only] = items;
  return (
    <Section title={say('why.facts')}>
      <Card>
        {items.length === 1 && only !== undefined ? (
          <div className="p-4">
            <Item why={why} item={only} />
          </div>
        ) : (
          items.map((item) => (
            <Opening
              key={item}
              head={
                <span className="flex flex-wrap items-center gap-2">
                  {why.titles[item] ?? say('why.item', { number: item + 1 })}
                  {why.steps.every((step) => step.item !== item) && (
                    <StateTag tone="wait">{say('refused')}</StateTag>
                  )}
                </span>
              }
            >
              <Item why={why} item={item} />
            </Opening>
          ))
        )}
      </Card>
    </Section>
  );
}

function Item({ why, item }: { readonly why: Why; readonly item: number }) {
  const say = creditWords.use();
  const format = useFormat();
  const facts = why.facts.filter((fact) => fact.item === item);
  const steps = why.steps.filter((step) => step.item === item);
  const refusals = why.line.refusals.filter((refusal) => refusal.item === item);
  const attendance = useAttendanceFacts(why.attendance);
  return (
    <div className="flex flex-col gap-4">
      <FactList
        figures
        facts={[
          ...attendance,
          ...facts.map(({ name, value }) => ({ name: format.text(name), value: format.text(value) })),
        ]}
      />
      {steps.length + refusals.length > 0 && (
        <div>
          <h3 className="text-small text-ink-2">{say('why.steps')}</h3>
          <ol className="mt-1 flex list-decimal flex-col gap-1 ps-5">
            {steps.map((step, index) => (
              <li key={index}>
                {format.text(step.sentence)}{' '}
                <span className="text-small whitespace-nowrap text-ink-2">{step.clause}</span>
              </li>
            ))}
            {refusals.map(({ sentence, clause }) => (
              <li key={`${clause ?? ''} ${sentence.zh}`}>
                {say('why.refused', { sentence: format.text(sentence) })}{' '}
                <span className="text-small whitespace-nowrap text-ink-2">{clause}</span>
              </li>
            ))}
          </ol>
          {why.line.items > 1 && refusals.length > 0 && steps.length === 0 && (
            <div className="mt-3 flex flex-col gap-0.5 text-small">
              <span>{say('why.settlement', { seq: why.line.settlement.seq })}</span>
              <p className="text-ink-2">{say('why.nothing')}</p>
              <CheckValue hash={why.line.settlement.hash} />
            </div>
          )}
        </div>
      )}
    </div>
  );
}
