import { useNow } from '@cadre/client/clock';
import { classStageNames, classStatusNames } from '@cadre/client/naming';
import { classStatus, stageOfClass, type ClassStatus } from '@cadre/domain/training';
import { Page, StateTag, type Tone } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { CalendarRange } from 'lucide-react';
import { useState } from 'react';
import { ClassTable } from '../../shared/class-table';
import { TrainingTabs } from './training-tabs';
import { trainingWords } from './training.words';

export const CLASS_TONES: Readonly<Record<ClassStatus, Tone>> = {
  draft: 'neutral',
  open: 'primary',
  completed: 'met',
  cancelled: 'refusal',
};

/** 培训班: the classes of the bases one may see, with their seats. */
export function ClassesPage() {
  const say = trainingWords.use();
  const format = useFormat();
  const navigate = useNavigate();
  const now = useNow(60_000);
  const [status, setStatus] = useState<ClassStatus | null>(null);
  return (
    <Page title={say('title')} actions={<TrainingTabs at="classes" />}>
      <ClassTable
        name="training-classes"
        label={say('classes.label')}
        status={status}
        more={[
          {
            key: 'sessions',
            title: say('classes.sessions'),
            figure: true,
            width: 80,
            render: (row) => row.sessionCount,
          },
          {
            key: 'state',
            title: say('classes.state'),
            width: 120,
            render: (row) => (
              <StateTag tone={CLASS_TONES[row.status]}>
                {format.text(classStageNames[stageOfClass(row, now)])}
              </StateTag>
            ),
          },
        ]}
        onOpen={(row) => void navigate({ to: '/training/classes/$classId', params: { classId: row.id } })}
        filters={(toFirstPage) => (
          <Select
            aria-label={say('classes.state')}
            className="min-w-32"
            value={status}
            onChange={(next) => {
              setStatus(next);
              toFirstPage();
            }}
            options={[
              { value: null, label: say('classes.anyState') },
              ...classStatus.options.map((value) => ({
                value,
                label: format.text(classStatusNames[value]),
              })),
            ]}
          />
        )}
        icon={CalendarRange}
        empty={{ nothing: say('classes.empty'), none: say('classes.none') }}
        isFiltered={status !== null}
      />
    </Page>
  );
}
