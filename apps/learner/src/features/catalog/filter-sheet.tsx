import { useApi } from '@cadre/client/api';
import { courseFormNames } from '@cadre/client/naming';
import { courseForm } from '@cadre/domain/catalog';
import { useFormat } from '@cadre/ui/format';
import { Button, SelectField, Sheet } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { without, type CatalogSearch } from './catalog-search';
import { catalogWords } from './catalog.words';

const hourChoices = [2, 4, 8];
const minuteChoices = [5, 8, 10];

export interface FilterSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly search: CatalogSearch;
  readonly onChange: (next: (search: CatalogSearch) => CatalogSearch) => void;
}

/** What does not fit beside the search box: form, base, length. Each choice takes effect at once. */
export function FilterSheet({ open, onOpenChange, search, onChange }: FilterSheetProps) {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const bases = useQuery({ ...api.network.map.queryOptions({}), enabled: open });
  const lessons = search.show === 'lessons';
  const lengths = lessons ? minuteChoices : hourChoices;
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={say('filters.title')}
      footer={
        <>
          <Button variant="primary" onClick={() => onOpenChange(false)}>
            {say('filters.done')}
          </Button>
          <Button onClick={() => onChange((now) => without(now, 'form', 'base', 'length'))}>
            {say('filters.reset')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <SelectField
          label={say('filters.form')}
          choices={[
            { value: '', label: say('filters.anyForm') },
            ...courseForm.options.map((form) => ({ value: form, label: format.text(courseFormNames[form]) })),
          ]}
          value={search.form ?? ''}
          onChange={(form) =>
            onChange((now) => ({ ...without(now, 'form'), ...(form === '' ? {} : { form }) }))
          }
        />
        <SelectField
          label={say('filters.base')}
          choices={[
            { value: '', label: say('filters.anyBase') },
            ...(bases.data ?? []).map((base) => ({ value: base.id, label: format.text(base.name) })),
          ]}
          value={search.base ?? ''}
          onChange={(base) =>
            onChange((now) => ({ ...without(now, 'base'), ...(base === '' ? {} : { base }) }))
          }
        />
        <SelectField
          label={say(lessons ? 'filters.minutes' : 'filters.hours')}
          choices={[
            { value: '', label: say(lessons ? 'filters.anyMinutes' : 'filters.anyHours') },
            ...lengths.map((length) => ({
              value: String(length),
              label: lessons
                ? say('filters.minutesUpTo', { minutes: length })
                : say('filters.hoursUpTo', { hours: format.amount(length, 'classHour') }),
            })),
          ]}
          value={search.length === undefined ? '' : String(search.length)}
          onChange={(length) =>
            onChange((now) => ({
              ...without(now, 'length'),
              ...(length === '' ? {} : { length: Number(length) }),
            }))
          }
        />
      </div>
    </Sheet>
  );
}
